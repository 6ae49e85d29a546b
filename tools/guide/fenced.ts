import { markdownFiles, read } from '../docs/markdown.ts';

/** A command that a page tells people to type. */
export interface Fenced {
  page: string;
  /** Without the remark at its end. */
  command: string;
}

/** Every command in a block of shell, in the order in which they stand. */
export function fencedCommands(): Fenced[] {
  return markdownFiles().flatMap((page) =>
    [...read(page).matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
      block
        .split('\n')
        .map((line) => line.replace(/ +# .*$/, '').trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((command) => ({ page, command })),
    ),
  );
}
