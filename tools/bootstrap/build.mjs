import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findNode24, nodeEnvironment } from './node24.mjs';
import { nxRun, nxRunMany } from './nx.mjs';
import { inRoot, root } from './paths.mjs';
import { withProgress } from './progress.mjs';
import { ReadableError } from './readable-error.mjs';
import { run } from './run.mjs';

const NOT_INPUT = new Set(['node_modules', 'dist', '.angular', 'coverage', 'test-results']);
const SHARED_INPUTS = ['package-lock.json', 'nx.json', 'tsconfig.base.json'];

export const gatewayBundle = inRoot('apps', 'gateway', 'dist', 'main.mjs');
export const webRoot = inRoot('apps', 'web', 'dist');
const builtFrom = inRoot('apps', 'gateway', 'dist', '.built-from');

/** Builds the web client and the gateway, unless what stands was built from exactly these sources. */
export async function build() {
  const fingerprint = fingerprintOf(root);
  if (isBuiltFrom(fingerprint)) return;
  await withProgress('Building the web client and the gateway', () => runBuild(nxRunMany('build')));
  if (!isComplete()) throw new ReadableError('The build ended well but left no gateway or no page.');
  writeFileSync(builtFrom, fingerprint);
}

/** Builds the page over its stand-in for a room, state by state, for the tests of its accessibility. */
export async function buildPreview() {
  await withProgress('Building the preview of the page', () => runBuild(nxRun('web', 'preview')));
}

/** @param {string[]} args */
async function runBuild(args) {
  const ended = await run(findNode24(), args, { env: nodeEnvironment(), output: 'capture' });
  if (ended.code !== 0) throw new ReadableError(`The build failed:\n${ended.output.trim()}`);
}

function isComplete() {
  return existsSync(gatewayBundle) && existsSync(join(webRoot, 'index.html'));
}

/** @param {string} fingerprint */
function isBuiltFrom(fingerprint) {
  return isComplete() && existsSync(builtFrom) && readFileSync(builtFrom, 'utf8') === fingerprint;
}

/**
 * A hash over the path and content of everything the builds read below `folder`.
 *
 * @param {string} folder the repository's root
 * @returns {string}
 */
export function fingerprintOf(folder) {
  const hash = createHash('sha256').update(`${process.env['API_ORIGIN'] ?? ''}\0`);
  const inputs = [
    ...SHARED_INPUTS.map((name) => join(folder, name)),
    ...['apps', 'libs', 'tools/delivery'].flatMap((name) => filesIn(join(folder, name))),
  ];
  for (const path of inputs) {
    const content = readFileSync(path);
    hash.update(`${relative(folder, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_INPUT.has(entry.name) ? [] : filesIn(path);
    return entry.isFile() && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}
