const HUES = 8;
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One of eight colours for a member, the same as long as the member id is. */
export function hueOf(mid: string): number {
  return Number.parseInt(mid.slice(0, 4), 16) % HUES || 0;
}

/** The letters an avatar shows: of the first word and of the last. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/[\s-]+/u);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => firstLetterOf(word ?? ''))
    .join('')
    .toUpperCase();
}

function firstLetterOf(word: string): string {
  for (const { segment } of GRAPHEMES.segment(word)) return segment;
  return '';
}
