/** Characters of a message that are shown where only its beginning is. */
const LENGTH = 140;

/** The beginning of a text in one line, without the marks of markup. */
export function snippetOf(text: string): string {
  const line = text
    .slice(0, LENGTH * 2)
    .replace(/[*_`>#]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LENGTH ? `${line.slice(0, LENGTH).trimEnd()}…` : line;
}
