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
 * @param {import('./suites.ts').Request} request
 * @returns {Promise<import('./suites.ts').Verdict>}
 */
async function verdictOf({ project, suites, only, firstFailure }) {
  const { results } = await runCLI(
    /** @type {import('@jest/types').Config.Argv} */ (
      /** @type {unknown} */ ({
        ...{ runInBand: true, bail: firstFailure, silent: true, runTestsByPath: true, forceExit: false },
        ...{ watchman: false, reporters: [], _: suites, $0: 'jest' },
        ...(firstFailure ? { testEnvironment: environment } : {}),
        ...(only === undefined ? {} : { testNamePattern: only }),
      })
    ),
    [project],
  );
  const red = results.testResults.find(
    ({ failureMessage, numFailingTests }) => numFailingTests > 0 || Boolean(failureMessage),
  );
  return { passed: results.numPassedTests, failed: results.numFailedTests, red: red?.testFilePath };
}
