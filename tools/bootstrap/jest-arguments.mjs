import { inRoot } from './paths.mjs';

/**
 * @param {string[]} extra arguments for Jest
 * @returns {string[]} the arguments for Node that run Jest with ES modules
 */
export function jestArguments(extra) {
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  return ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...extra];
}
