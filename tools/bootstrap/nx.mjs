import { inRoot } from './paths.mjs';

const nx = inRoot('node_modules', 'nx', 'bin', 'nx.js');

/**
 * @param {string} target
 * @returns {string[]} the arguments for Node that run this target in every project that has it
 */
export function nxRunMany(target) {
  return [nx, 'run-many', '-t', target, '--output-style=stream'];
}

/**
 * @param {string} project
 * @param {string} target
 * @returns {string[]} the arguments for Node that run one project's target
 */
export function nxRun(project, target) {
  return [nx, 'run', `${project}:${target}`];
}
