import { describe, expect, test } from '@jest/globals';
import { countsOf, exitCodeOf, leftOpen, notRun, summaryLines } from './summary.mjs';

const clean = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('The last line of a test run', () => {
  test('sums every suite and stands alone', () => {
    const all = [countsOf('libs/a', clean, 0), countsOf('libs/b', { ...clean, numPassedTests: 4 }, 0)];
    expect(summaryLines(all)).toEqual(['7 passed, 0 failed']);
    expect(exitCodeOf(all)).toBe(0);
  });

  test('names what was skipped only when something was', () => {
    expect(summaryLines([countsOf('libs/a', { ...clean, numPendingTests: 2 }, 0)])).toEqual([
      '3 passed, 0 failed, 2 skipped',
    ]);
  });

  test('a failed test fails the run', () => {
    const all = [countsOf('libs/a', { ...clean, numFailedTests: 1 }, 1), countsOf('libs/b', clean, 0)];
    expect(summaryLines(all)).toEqual(['6 passed, 1 failed']);
    expect(exitCodeOf(all)).toBe(1);
  });

  test('a file that broke before its tests ran counts as a failure and is named', () => {
    const all = [countsOf('libs/a', { ...clean, numRuntimeErrorTestSuites: 2 }, 1)];
    expect(summaryLines(all)).toEqual([
      'libs/a: 2 file(s) broke before their tests ran',
      '3 passed, 2 failed',
    ]);
  });

  test('a suite that ran no test is a failure, whatever Jest says', () => {
    const all = [countsOf('libs/a', { ...clean, numPassedTests: 0 }, 0)];
    expect(summaryLines(all)).toEqual(['libs/a: ran no test', '0 passed, 1 failed']);
    expect(exitCodeOf(all)).toBe(1);
  });

  test('a suite that Jest failed although every test passed is a failure', () => {
    expect(summaryLines([countsOf('libs/a', clean, 1)])).toEqual([
      'libs/a: exit code 1',
      '3 passed, 1 failed',
    ]);
  });

  test('a suite that did not end by itself is one failure, and keeps its counts', () => {
    expect(summaryLines([leftOpen(countsOf('libs/a', clean, 1))])).toEqual([
      'libs/a: left something open: it did not end by itself',
      '3 passed, 1 failed',
    ]);
  });

  test('a suite that crashed is a failure', () => {
    expect(exitCodeOf([countsOf('libs/a', clean, 0), notRun('libs/b', 'ended without results')])).toBe(1);
  });

  test('a run without suites is a failure', () => {
    expect(exitCodeOf([])).toBe(1);
  });
});
