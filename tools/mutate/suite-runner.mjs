import { fileURLToPath } from 'node:url';
import { runCLI } from 'jest';

/**
 * A process that runs suites for its parent, one request after the other: starting Jest anew for each mutant would
 * double the time.
 */
const environment = fileURLToPath(new URL('first-failure.mjs', import.meta.url));

/** @type {import('./suites.ts').Request[]} */
const waiting = [];
let busy = false;

// What a mutant leaves running may fail after its verdict.
process.on('unhandledRejection', () => undefined);
process.on('message', (/** @type {import('./suites.ts').Request} */ request) => {
  waiting.push(request);
  void work();
});

async function work() {
  if (busy) return;
  busy = true;
  for (let request = waiting.shift(); request; request = waiting.shift())
    process.send?.(await verdictOf(request));
  busy = false;
}

/**
 * Jest's own `bail` would end this process.
 *
 * @param {import('./suites.ts').Request} request
 * @returns {Promise<import('./suites.ts').Verdict>}
 */
async function verdictOf(request) {
  /** @type {import('./suites.ts').Verdict} */
  const verdict = { passed: 0, failed: 0 };
  for (const suite of request.suites) {
    const { passed, failed } = await run(suite, request);
    verdict.passed += passed;
    verdict.failed += failed;
    if (failed > 0) verdict.red ??= suite;
    if (failed > 0 && request.firstFailure) break;
  }
  return verdict;
}

/**
 * @param {string} suite
 * @param {import('./suites.ts').Request} request
 */
async function run(suite, { project, only, firstFailure }) {
  const options = {
    ...{
      runInBand: true,
      silent: true,
      runTestsByPath: true,
      watchman: false,
      reporters: [],
      _: [suite],
      $0: 'jest',
    },
    ...(firstFailure ? { testEnvironment: environment } : {}),
    ...(only === undefined ? {} : { testNamePattern: only }),
  };
  const argv = /** @type {import('@jest/types').Config.Argv} */ (/** @type {unknown} */ (options));
  const { results } = await runCLI(argv, [project]);
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return { passed: results.numPassedTests, failed };
}
