import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';

const root = dirname(import.meta.dirname);
const OURS = '@bytechat/';

/**
 * @typedef {object} Boundary what one scope may import
 * @property {string} scope
 * @property {string} folder its folder, relative to the root
 * @property {readonly string[]} allowed scopes of ours
 * @property {readonly string[]} forbidden packages of others: names, `name*`, or `node:` for what is built in
 *
 * @typedef {{ type: string, value?: unknown }} Source
 * @typedef {{ source?: Source | null }} ImportNode
 */

/**
 * Holds every kind of import (static, dynamic, type-only, re-export) to the boundary given as its option.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importsRule = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: { refused: '{{reason}} (tools/boundaries.mjs)' },
  },
  create(context) {
    const boundary = /** @type {Boundary} */ (context.options[0]);
    const check = (/** @type {ImportNode} */ node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const reason = whyRefused(specifier, context.filename, boundary);
      if (reason) context.report({ node: /** @type {any} */ (node), messageId: 'refused', data: { reason } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

/**
 * @param {string} specifier
 * @param {string} importer absolute path of the importing file
 * @param {Boundary} boundary
 * @returns {string | undefined}
 */
function whyRefused(specifier, importer, { scope, folder, allowed, forbidden }) {
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const target = packageFolderOf(join(dirname(importer), specifier));
    return target !== undefined && target !== folder
      ? 'Import another package by its name, never by a path into it'
      : undefined;
  }
  if (specifier.startsWith(OURS)) {
    const target = specifier.slice(OURS.length).split('/')[0] ?? '';
    if (target === scope || allowed.includes(target)) return undefined;
    return `"${scope}" may import only: ${allowed.join(', ') || 'nothing of ours'}`;
  }
  return forbidden.some((pattern) => matches(specifier, pattern))
    ? `"${scope}" must not know "${specifier}": frameworks stay at the rim`
    : undefined;
}

/**
 * @param {string} path absolute
 * @returns {string | undefined} the folder of the package it lies in; undefined for a file of no package
 */
function packageFolderOf(path) {
  const [area = '', name = ''] = relative(root, path).split(sep);
  if (area === 'tools') return area;
  return area === 'apps' || area === 'libs' ? `${area}/${name}` : undefined;
}

/**
 * @param {string} specifier
 * @param {string} pattern
 */
function matches(specifier, pattern) {
  if (pattern === 'node:') return isBuiltin(specifier);
  if (pattern.endsWith('*')) return specifier.startsWith(pattern.slice(0, -1));
  return specifier === pattern || specifier.startsWith(`${pattern}/`);
}
