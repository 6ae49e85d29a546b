import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

/** What a server should serve: for each path its hash, as `sha256-` and base64 like in an integrity attribute. */
export interface Manifest {
  files: Record<string, string>;
}

/** Where a server serves the manifest of its files, and with this added a signature of it. They aren't part of it. */
export const MANIFEST_NAME = 'manifest.json';
export const SIGNATURE_SUFFIX = '.sig';

const INTEGRITY = /^(?:sha256-)?([A-Za-z0-9+/]{43}=)$/;

/** The hash of bytes as they come. */
export async function integrityOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return `sha256-${hash.digest('base64')}`;
}

/**
 * The manifest of a folder: every file in it, sorted by path. The same files give the same manifest.
 * @param except a file to leave out, with its signature: the one the manifest goes to
 * @throws {Error} when something can't be read or is neither file nor folder.
 */
export async function manifestOf(folder: string, except?: string): Promise<Manifest> {
  const files: [string, string][] = [];
  const left = [join(folder, MANIFEST_NAME), ...(except === undefined ? [] : [except])].flatMap((file) => [
    resolve(file),
    `${resolve(file)}${SIGNATURE_SUFFIX}`,
  ]);
  for (const path of await pathsIn(folder)) {
    if (left.includes(resolve(folder, path))) continue;
    files.push([path, await integrityOf(createReadStream(join(folder, path)))]);
  }
  return { files: Object.fromEntries(files) };
}

/** As it is written to a file. */
export const printManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, undefined, 2)}\n`;

/** Undefined when the text is no manifest. A path that leads out of the site makes it none. */
export function parseManifest(text: string): Manifest | undefined {
  const files = filesIn(text);
  if (!files) return undefined;
  const checked: [string, string][] = [];
  for (const [path, integrity] of Object.entries(files)) {
    const hash = typeof integrity === 'string' ? INTEGRITY.exec(integrity)?.[1] : undefined;
    if (hash === undefined || !isRelative(path)) return undefined;
    checked.push([path, `sha256-${hash}`]);
  }
  return checked.length === 0 ? undefined : { files: Object.fromEntries(checked) };
}

function filesIn(text: string): object | undefined {
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    return typeof files === 'object' && files !== null ? files : undefined;
  } catch {
    return undefined;
  }
}

const isRelative = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !path.includes('\\');

async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (entry.isFile()) paths.push(path);
    else if (!entry.isDirectory()) throw new Error(`${path} is neither a file nor a folder.`);
  }
  return paths.sort();
}
