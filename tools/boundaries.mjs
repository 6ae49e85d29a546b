/**
 * Who may import whom, by the `scope:` tag in each project.json. The one place that knows it: ESLint enforces it,
 * `tools/boundaries.spec.ts` proves that a forbidden import fails. That neither gateway nor rooms may reach
 * crypto is "the server can't read messages" as a lint rule.
 */
export const allowedImports = {
  protocol: [],
  crypto: [],
  rooms: ['protocol'],
  client: ['protocol', 'crypto'],
  gateway: ['rooms', 'protocol'],
  web: ['client', 'protocol'],
  cli: ['client', 'protocol'],
  testing: ['client', 'crypto', 'protocol', 'rooms'],
  tools: ['client', 'crypto', 'protocol', 'rooms', 'testing'],
};

/** Frameworks stay at the rim: packages that a scope must not import. */
const forbiddenPackages = {
  protocol: ['@nestjs/*', '@angular/*', 'socket.io*', 'ioredis', 'node:*'],
  crypto: ['@nestjs/*', '@angular/*', 'socket.io*', 'ioredis', 'zod', 'node:*'],
  rooms: ['@nestjs/*', '@angular/*', 'socket.io*'],
  client: ['@nestjs/*', '@angular/*', 'ioredis', 'node:*'],
};

const scopes = Object.keys(allowedImports);

/** One ESLint config object per scope; `rootOf` gives the folder of a scope. Specs may use `testing` as well. */
export function boundaryConfigs() {
  return scopes.flatMap((scope) => {
    const rules = (extra) => ({
      'no-restricted-imports': ['error', { patterns: patternsFor(scope, extra) }],
    });
    return [
      { files: [`${rootOf(scope)}/**/*.ts`], rules: rules([]) },
      { files: [`${rootOf(scope)}/**/*.spec.ts`], rules: rules(['testing']) },
    ];
  });
}

function patternsFor(scope, extra) {
  const allowed = [scope, ...allowedImports[scope], ...extra];
  const foreign = scopes.filter((other) => !allowed.includes(other));
  const message = `"${scope}" may import only: ${allowedImports[scope].join(', ') || 'nothing of ours'} (tools/boundaries.mjs)`;
  return [
    { group: foreign.flatMap((other) => [`@bytechat/${other}`, `@bytechat/${other}/*`]), message },
    {
      regex: '^(\\.\\./)+(apps|libs)/',
      message: 'Import another package by its name, never by a path into it.',
    },
    ...(extra.length === 0 && forbiddenPackages[scope]
      ? [
          {
            group: forbiddenPackages[scope],
            message: `"${scope}" knows no such framework (DESIGN: frameworks at the rim)`,
          },
        ]
      : []),
  ];
}

/** The folder of a scope, relative to the repository's root. */
export function rootOf(scope) {
  if (scope === 'tools') return 'tools';
  return ['gateway', 'web', 'cli'].includes(scope) ? `apps/${scope}` : `libs/${scope}`;
}
