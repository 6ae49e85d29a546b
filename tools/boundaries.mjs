import { importsRule } from './boundaries-rule.mjs';

/**
 * Who may import whom, by the `scope:` tag in each project.json. The one place that knows it: ESLint enforces it,
 * `tools/boundaries.spec.ts` proves that a forbidden import fails. That neither gateway nor rooms may reach
 * crypto is "the server can't read messages" as a lint rule.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const allowedImports = {
  protocol: [],
  crypto: [],
  config: [],
  rooms: ['protocol'],
  client: ['protocol', 'crypto'],
  gateway: ['rooms', 'protocol', 'config'],
  web: ['client', 'protocol'],
  cli: ['client', 'protocol', 'config'],
  testing: ['client', 'crypto', 'protocol', 'rooms'],
  tools: ['client', 'config', 'crypto', 'protocol', 'rooms', 'testing'],
};

/**
 * Frameworks stay at the rim: packages that a scope must not import. `node:` stands for every module built into Node,
 * a trailing `*` for any rest of the name.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const forbiddenPackages = {
  protocol: ['@nestjs/*', '@angular/*', 'socket.io*', 'ioredis', 'node:'],
  crypto: ['@nestjs/*', '@angular/*', 'socket.io*', 'ioredis', 'zod*', 'node:'],
  config: ['@nestjs/*', '@angular/*', 'socket.io*', 'ioredis'],
  rooms: ['@nestjs/*', '@angular/*', 'socket.io*'],
  client: ['@nestjs/*', '@angular/*', 'ioredis', 'node:'],
  web: ['@nestjs/*', 'ioredis', 'node:'],
  gateway: ['@angular/*'],
};

/** Code that is never shipped: it may use `testing`, and any package. */
const testFiles = ['**/*.spec.ts'];

/** The ESLint configs that hold every scope to the tables above. */
export function boundaryConfigs() {
  const plugins = { bytechat: { rules: { imports: importsRule } } };
  return [{ plugins }, ...Object.keys(allowedImports).flatMap(configsOf)];
}

/** @param {string} scope */
function configsOf(scope) {
  const folder = rootOf(scope);
  const allowed = allowedImports[scope] ?? [];
  const shipped = { scope, folder, allowed, forbidden: forbiddenPackages[scope] ?? [] };
  const test = { scope, folder, allowed: [...allowed, 'testing'], forbidden: [] };
  return [
    { files: [`${folder}/**/*.{ts,js,mjs}`], rules: { 'bytechat/imports': ['error', shipped] } },
    {
      files: testFiles.map((pattern) => `${folder}/${pattern}`),
      rules: { 'bytechat/imports': ['error', test] },
    },
  ];
}

/**
 * The folder of a scope, relative to the repository's root.
 *
 * @param {string} scope
 * @returns {string}
 */
export function rootOf(scope) {
  if (scope === 'tools') return 'tools';
  return ['gateway', 'web', 'cli'].includes(scope) ? `apps/${scope}` : `libs/${scope}`;
}
