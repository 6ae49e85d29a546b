import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/**
 * The script of an installed command, for Node to run.
 *
 * @param {string} name a package whose main command bears its name, as "eslint"
 * @returns {string}
 */
export function installedCommand(name) {
  const { bin } = JSON.parse(readFileSync(inRoot('node_modules', name, 'package.json'), 'utf8'));
  return inRoot('node_modules', name, typeof bin === 'string' ? bin : bin[name]);
}
