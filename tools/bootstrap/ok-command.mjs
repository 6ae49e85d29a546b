import { installedCommand } from './installed.mjs';
import { findNode24, nodeEnvironment } from './node24.mjs';
import { nxRunMany } from './nx.mjs';
import { run } from './run.mjs';
import { setUp } from './set-up.mjs';
import { runSideBySide, unitSuites } from './suites.mjs';
import { exitCodeOf, summaryLines } from './summary.mjs';

const checks = {
  format: () => [installedCommand('prettier'), '--check', '.', '--log-level=warn'],
  lint: () => [installedCommand('eslint'), '--max-warnings=0', '.'],
  types: () => nxRunMany('typecheck'),
  build: () => nxRunMany('build'),
};

/**
 * `npm run ok`: what CI checks, from the quickest on, to the end even after a failure. `--no-tests` leaves the unit
 * tests to `npm test`.
 */
export async function main() {
  await setUp();
  const failed = [];
  for (const [name, argumentsOf] of Object.entries(checks)) {
    if (!(await passes(name, argumentsOf()))) failed.push(name);
  }
  if (!process.argv.includes('--no-tests') && !(await unitTestsPass())) failed.push('tests');
  console.log(failed.length === 0 ? '\nok' : `\nnot ok: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

/**
 * @param {string} name
 * @param {string[]} args
 */
async function passes(name, args) {
  console.log(`\n── ${name}`);
  const ended = await run(findNode24(), args, { env: nodeEnvironment() });
  return ended.code === 0;
}

async function unitTestsPass() {
  const counts = await runSideBySide(unitSuites());
  for (const line of summaryLines(counts)) console.log(line);
  return exitCodeOf(counts) === 0;
}
