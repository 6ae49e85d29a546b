/**
 * @typedef {object} Counts
 * @property {string} suite
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} [trouble] why a suite counts as failed beside its tests
 *
 * @typedef {object} JestResults the part of `jest --json` that counts
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites files that broke before their tests ran
 */

/**
 * A suite that did not run counts as one failure.
 *
 * @param {string} suite
 * @param {string} trouble
 * @returns {Counts}
 */
export function notRun(suite, trouble) {
  return { suite, passed: 0, failed: 1, skipped: 0, trouble };
}

/**
 * A suite that had its results and still did not end: the process it ran in had to be stopped.
 *
 * @param {Counts} counts
 * @returns {Counts}
 */
export function leftOpen(counts) {
  return {
    ...counts,
    failed: Math.max(1, counts.failed),
    trouble: 'left something open: it did not end by itself',
  };
}

/**
 * Every file that broke before its tests ran counts as one failure, and so does a suite that ran no test or that Jest
 * failed for another reason (a leak, a broken set-up).
 *
 * @param {string} suite
 * @param {JestResults} results
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countsOf(suite, results, exitCode) {
  const broken = results.numRuntimeErrorTestSuites;
  const failed = results.numFailedTests + broken;
  const skipped = results.numPendingTests + results.numTodoTests;
  if (results.numPassedTests + failed + skipped === 0) return notRun(suite, 'ran no test');
  if (failed === 0 && exitCode !== 0)
    return { ...notRun(suite, `exit code ${exitCode}`), passed: results.numPassedTests, skipped };
  const trouble = broken > 0 ? { trouble: `${broken} file(s) broke before their tests ran` } : {};
  return { suite, passed: results.numPassedTests, failed, skipped, ...trouble };
}

/**
 * The lines at the end of a run: one for each suite in trouble, then, always last and alone, the sum.
 *
 * @param {Counts[]} all
 * @returns {string[]}
 */
export function summaryLines(all) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    all.reduce((total, counts) => total + counts[key], 0);
  const troubles = all
    .filter((counts) => counts.trouble)
    .map((counts) => `${counts.suite}: ${counts.trouble}`);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  return [...troubles, `${sum('passed')} passed, ${sum('failed')} failed${skipped}`];
}

/**
 * @param {Counts[]} all
 * @returns {number} the exit code they come to
 */
export function exitCodeOf(all) {
  return all.length > 0 && all.every((counts) => counts.failed === 0) ? 0 : 1;
}
