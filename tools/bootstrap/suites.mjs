import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jestArguments } from './jest-arguments.mjs';
import { findNode24, nodeEnvironment } from './node24.mjs';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';
import { countsOf, leftOpen, notRun } from './summary.mjs';

/** @typedef {import('./summary.mjs').Counts} Counts */

const SUITE_TIMEOUT_MS = 20 * 60_000;
/** How long a suite may go on after its results are there: longer means that it left something open. */
const ENDING_MS = 30_000;
const PARALLEL = 2;

/** The unit suites: every folder of apps and libs, and tools itself, that has a jest.config.mjs. */
export function unitSuites() {
  return [...foldersOf('apps'), ...foldersOf('libs'), 'tools'].filter(hasSuite);
}

/** The suites that need the built product, browsers or several processes: tools/e2e and its kind. */
export function systemSuites() {
  return foldersOf('tools').filter(hasSuite);
}

/**
 * @param {string} folder
 * @returns {string[]} its folders, relative to the root
 */
function foldersOf(folder) {
  const entries = readdirSync(inRoot(folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`);
}

/** @param {string} folder */
function hasSuite(folder) {
  return existsSync(inRoot(folder, 'jest.config.mjs'));
}

/**
 * Runs suites two at a time, each one's output in one piece when it ends.
 *
 * @param {string[]} suites
 * @returns {Promise<Counts[]>}
 */
export async function runSideBySide(suites) {
  const waiting = [...suites];
  /** @type {Counts[]} */
  const counts = [];
  const lane = async () => {
    for (let suite = waiting.shift(); suite; suite = waiting.shift())
      counts.push(await runSuite(suite, 'capture'));
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  return counts;
}

/**
 * Runs suites one after another with their output as it comes.
 *
 * @param {string[]} suites
 * @returns {Promise<Counts[]>}
 */
export async function runInSequence(suites) {
  const counts = [];
  for (const suite of suites) counts.push(await runSuite(suite, 'inherit'));
  return counts;
}

/**
 * @param {string} suite
 * @param {'inherit' | 'capture'} output
 * @returns {Promise<Counts>}
 */
async function runSuite(suite, output) {
  const folder = mkdtempSync(join(tmpdir(), 'bytechat-results-'));
  const results = join(folder, 'results.json');
  if (output === 'inherit') console.log(`\n── ${suite}`);
  const overdue = new AbortController();
  const watcher = watch(folder, () => setTimeout(() => overdue.abort(), ENDING_MS).unref());
  const ended = await run(findNode24(), jestArguments(['--json', `--outputFile=${results}`]), {
    cwd: inRoot(suite),
    env: nodeEnvironment(),
    output,
    timeoutMs: SUITE_TIMEOUT_MS,
    signal: overdue.signal,
  });
  watcher.close();
  if (output === 'capture') console.log(`\n── ${suite}\n${ended.output.trim()}`);
  const counts = overdue.signal.aborted
    ? leftOpen(readCounts(suite, results, ended))
    : readCounts(suite, results, ended);
  rmSync(folder, { recursive: true });
  return counts;
}

/**
 * @param {string} suite
 * @param {string} results
 * @param {import('./run.mjs').Ended} ended
 * @returns {Counts}
 */
function readCounts(suite, results, ended) {
  if (ended.timedOut) return notRun(suite, `took longer than ${SUITE_TIMEOUT_MS / 60_000} minutes`);
  if (!existsSync(results)) return notRun(suite, `ended without results (exit code ${ended.code})`);
  return countsOf(suite, JSON.parse(readFileSync(results, 'utf8')), ended.code);
}
