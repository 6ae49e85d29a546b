import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withProgress } from './progress.mjs';
import { ReadableError } from './readable-error.mjs';
import { run } from './run.mjs';

const APT = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=300'];
const OUTPUT_SHOWN = 1_500;

/** Where the suites look for a browser, unless BYTECHAT_CHROMIUM names one. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Installs a missing Redis or Chromium by apt where we are root; elsewhere says in one line what to install.
 *
 * @throws {ReadableError}
 */
export async function ensureTestPrograms() {
  const missing = missingPackages();
  if (missing.length > 0) {
    if (process.getuid?.() !== 0 || !findCommand('apt-get')) throw askFor(missing);
    await withProgress(`Installing ${missing.join(', ')}`, async () => {
      await apt(['update']);
      await apt(['install', '--no-install-recommends', ...missing]);
    });
  }
  const stillMissing = missingPackages();
  if (stillMissing.length > 0) throw askFor(stillMissing);
  process.env['BYTECHAT_CHROMIUM'] = findBrowser();
}

function missingPackages() {
  const redis = findCommand('redis-server') ? [] : ['redis-server'];
  return findBrowser() ? redis : [...redis, 'chromium', 'fonts-noto-core'];
}

function findBrowser() {
  return process.env['BYTECHAT_CHROMIUM'] || browsers.map(findCommand).find((path) => path !== undefined);
}

/**
 * @param {string} name
 * @returns {string | undefined} where PATH has it
 */
function findCommand(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string[]} args */
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const ended = await run('apt-get', [...APT, ...args], { env, output: 'capture' });
  if (ended.code !== 0)
    throw new ReadableError(`apt-get ${args[0]} failed:\n${ended.output.slice(-OUTPUT_SHOWN).trim()}`);
}

/** @param {string[]} missing */
function askFor(missing) {
  return new ReadableError(
    `The tests need programs that are missing here. On Debian or Ubuntu: sudo apt-get install ${missing.join(' ')}`,
  );
}
