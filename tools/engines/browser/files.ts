/** Stands for `node:fs` where there are no files: a suite gets what the page has fetched before. */
const contents = new Map<string, string>();

export async function fetchFiles(names: readonly string[]): Promise<void> {
  for (const name of names) contents.set(name, await (await fetch(`/files/${name}`)).text());
}

export function readFileSync(url: URL): string {
  const name = String(url).split('/').at(-1) ?? '';
  const text = contents.get(name);
  if (text === undefined) throw new Error(`There is no ${name}.`);
  return text;
}
