import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './docker.mjs';

const BUILD_TIMEOUT_MS = 90_000;

/** Builds the gateway from a copy of its sources in `folder`, and gives SHA-256 of every file that comes out. */
export async function buildIn(folder: string): Promise<Record<string, string>> {
  copySources(folder);
  await promisify(execFile)(process.execPath, [join(folder, 'apps/gateway/build.mjs')], {
    cwd: folder,
    timeout: BUILD_TIMEOUT_MS,
  });
  return hashesOf(join(folder, 'apps/gateway/dist'));
}

/** SHA-256 of every file below a folder, by its path. */
export function hashesOf(folder: string): Record<string, string> {
  const files = globSync('**/*', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
  const hash = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  return Object.fromEntries(files.sort().map((path) => [path, hash(path)]));
}

/** Sources copied, packages linked; the workspace's own packages lead to the copies. */
function copySources(folder: string): void {
  const isSource = (path: string) => !/\/(node_modules|dist)$/.test(path);
  for (const part of ['apps/gateway', 'libs'])
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: isSource });
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  const packages = join(folder, 'node_modules');
  mkdirSync(join(packages, '@bytechat'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@bytechat' && !name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(packages, name));
  for (const name of readdirSync(join(root, 'libs')))
    symlinkSync(join(folder, 'libs', name), join(packages, '@bytechat', name));
}
