import { installedCommand } from './installed.mjs';

/**
 * @param {string} target
 * @returns {string[]} the arguments for Node that run this target in every project that has it
 */
export function nxRunMany(target) {
  return [installedCommand('nx'), 'run-many', '-t', target, '--output-style=stream'];
}

/**
 * @param {string} project
 * @param {string} target
 * @returns {string[]} the arguments for Node that run one project's target
 */
export function nxRun(project, target) {
  return [installedCommand('nx'), 'run', `${project}:${target}`];
}
