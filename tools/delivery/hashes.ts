import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type Algorithm = 'sha256' | 'sha384';

/** Every file below a folder with its hash, sorted by path, as an integrity attribute has it. */
export function hashesOf(folder: string, algorithm: Algorithm): Record<string, string> {
  const files = globSync('**/*', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
  const paths = files.map((path) => path.replaceAll('\\', '/')).sort();
  return Object.fromEntries(paths.map((path) => [path, integrityOf(join(folder, path), algorithm)]));
}

function integrityOf(file: string, algorithm: Algorithm): string {
  return `${algorithm}-${createHash(algorithm).update(readFileSync(file)).digest('base64')}`;
}
