import { installedCommand } from './installed.mjs';

/**
 * @param {string[]} extra arguments for Jest
 * @returns {string[]} the arguments for Node that run Jest with ES modules
 */
export function jestArguments(extra) {
  return [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    installedCommand('jest'),
    ...extra,
  ];
}
