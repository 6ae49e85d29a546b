import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { npmUnderNode24 } from './node24.mjs';
import { withProgress } from './progress.mjs';
import { ReadableError } from './readable-error.mjs';
import { run } from './run.mjs';

const OUTPUT_SHOWN = 2_000;
const NETWORK_TROUBLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT/;

/** What is in npm's cache is taken from there; without a network npm gives up in seconds, not minutes. */
const fetching = {
  npm_config_prefer_offline: 'true',
  npm_config_fetch_retry_mintimeout: '500',
  npm_config_fetch_retry_maxtimeout: '4000',
};

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock
 */

/** Runs `npm ci` under Node 24, only where node_modules is missing or differs from package-lock.json. */
export async function install() {
  if (isInstalled()) return;
  const npmCi = npmUnderNode24(['ci', '--ignore-scripts']);
  await withProgress('Installing packages (about a minute the first time)', async () => {
    const ended = await run(npmCi.command, npmCi.args, {
      env: { ...process.env, ...fetching },
      output: 'capture',
    });
    if (ended.code !== 0) throw whyItFailed(ended.output);
  });
}

function isInstalled() {
  const installed = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return matchesLock(readLock(inRoot('package-lock.json')), readLock(installed));
}

/**
 * Whether what npm says it installed (node_modules/.package-lock.json) is what the lock asks for. Optional packages may
 * be absent: they belong to other platforms.
 *
 * @param {Lock} wanted
 * @param {Lock} installed
 * @returns {boolean}
 */
export function matchesLock(wanted, installed) {
  const isPresent = (/** @type {string} */ path) =>
    installed.packages[path]?.version === wanted.packages[path]?.version;
  const required = Object.keys(wanted.packages).filter(
    (path) => path !== '' && !wanted.packages[path]?.optional,
  );
  const extra = Object.keys(installed.packages).filter((path) => !(path in wanted.packages));
  return (
    extra.length === 0 &&
    required.every((path) => path in installed.packages) &&
    Object.keys(installed.packages).every(isPresent)
  );
}

/**
 * @param {string} path
 * @returns {Lock}
 */
function readLock(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * @param {string} output what npm wrote
 * @returns {ReadableError}
 */
export function whyItFailed(output) {
  if (NETWORK_TROUBLE.test(output)) {
    return new ReadableError(
      'The packages could not be fetched: the npm registry is out of reach. Check the network and run the command again.',
    );
  }
  return new ReadableError(`npm ci failed:\n${output.slice(-OUTPUT_SHOWN).trim()}`);
}
