import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** The worker that keeps the page's files, so that it opens without a connection. */
export const SHELL_WORKER = 'sw.js';

const SOURCE = join(import.meta.dirname, '../../apps/web/src/shell-worker/shell-worker.ts');
/** Of no use to who has no connection, or different with every look. */
const NOT_KEPT = new Set(['robots.txt', '3rdpartylicenses.txt', 'whats-new.json']);
const LIST = /^const SHELL_BUILD=[^\n]*\n/;
const ID_LENGTH = 12;

/** The worker's code without its list of files: from a folder that was finished before, else from its sources. */
export async function shellCode(folder: string): Promise<string> {
  const finished = join(folder, SHELL_WORKER);
  if (existsSync(finished)) return readFileSync(finished, 'utf8').replace(LIST, '');
  const bundle = await rolldown({ input: SOURCE, platform: 'browser', tsconfig: false });
  try {
    const { output } = await bundle.generate({ format: 'iife', minify: true });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}

/** The worker of one build: it takes these files and no others, each with this hash. */
export function shellWorker(code: string, files: Readonly<Record<string, string>>): string {
  const kept = Object.entries(files)
    .filter(([path]) => !NOT_KEPT.has(path))
    .map(([path, hash]): [string, string] => [path === 'index.html' ? '/' : `/${path}`, hash]);
  const list = Object.fromEntries(kept);
  const id = createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, ID_LENGTH);
  return `const SHELL_BUILD=${JSON.stringify({ id, files: list })};\n${code}`;
}
