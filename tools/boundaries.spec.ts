import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ESLint } from 'eslint';
import { allowedImports, rootOf } from './boundaries.mjs';

const root = join(import.meta.dirname, '..');

/** The repository's own configuration, without the type information that only real files have. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } } }],
  ruleFilter: ({ ruleId }) => ruleId === 'bytechat/imports',
});

async function problemsOf(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  expect(result!.fatalErrorCount).toBe(0);
  return result!.messages.map((message) => message.message);
}

describe('A forbidden import fails the lint', () => {
  test.each([
    ['the gateway never reaches crypto', 'apps/gateway/src/x.ts', '@bytechat/crypto'],
    ['the rooms never reach crypto', 'libs/rooms/src/x.ts', '@bytechat/crypto'],
    ['the gateway does not know the client', 'apps/gateway/src/x.ts', '@bytechat/client'],
    ['the client does not know the rooms', 'libs/client/src/x.ts', '@bytechat/rooms'],
    ['the web app reaches crypto only through the client', 'apps/web/src/x.ts', '@bytechat/crypto'],
    ['crypto does not know the wire', 'libs/crypto/src/x.ts', '@bytechat/protocol'],
    ['the wire depends on nothing of ours', 'libs/protocol/src/x.ts', '@bytechat/crypto'],
    ['the wire depends on no rooms', 'libs/protocol/src/x.ts', '@bytechat/rooms'],
    ['shipped code never imports test code', 'apps/gateway/src/x.ts', '@bytechat/testing'],
    ['a package nobody knows is refused', 'apps/gateway/src/x.ts', '@bytechat/unheard-of'],
    ['a path into another package', 'libs/rooms/src/x.ts', '../../crypto/src/index.ts'],
    [
      'a long path into another package',
      'apps/gateway/src/edge/x.ts',
      '../../../../libs/crypto/src/index.ts',
    ],
    ['the client runs in a browser: no node: modules', 'libs/client/src/x.ts', 'node:fs'],
    ['nor their bare names', 'libs/client/src/x.ts', 'fs'],
    ['crypto has no clock, socket or storage of Node', 'libs/crypto/src/x.ts', 'node:crypto'],
    ['the rules know no framework', 'libs/rooms/src/x.ts', '@nestjs/common'],
    ['the client knows no Angular', 'libs/client/src/x.ts', '@angular/core'],
    ['the rules know no Socket.IO', 'libs/rooms/src/x.ts', 'socket.io'],
    ['the configuration depends on nothing of ours', 'libs/config/src/x.ts', '@bytechat/protocol'],
    ['the configuration knows no framework', 'libs/config/src/x.ts', '@nestjs/common'],
    ['the page does not know the configuration of servers', 'apps/web/src/x.ts', '@bytechat/config'],
    ['a test of the gateway reaches no crypto either', 'apps/gateway/src/x.spec.ts', '@bytechat/crypto'],
  ])('%s', async (_story, file, specifier) => {
    expect(await problemsOf(file, `import '${specifier}';`)).toHaveLength(1);
  });

  test.each([
    ['a named import', `import { seal } from '@bytechat/crypto';`],
    ['a type', `import type { Seal } from '@bytechat/crypto';`],
    ['a type in place', `export type Seal = import('@bytechat/crypto').Seal;`],
    ['a dynamic import', `export const crypto = await import('@bytechat/crypto');`],
    ['a re-export', `export * from '@bytechat/crypto';`],
    ['a named re-export', `export { seal } from '@bytechat/crypto';`],
  ])('in whatever form: %s', async (_form, code) => {
    expect(await problemsOf('apps/gateway/src/x.ts', code)).toHaveLength(1);
  });

  test('and says who may be imported instead', async () => {
    const [problem] = await problemsOf('apps/gateway/src/x.ts', `import '@bytechat/crypto';`);
    expect(problem).toContain('"gateway" may import only: rooms, protocol');
  });
});

describe('An allowed import passes', () => {
  test.each([
    ['apps/gateway/src/x.ts', '@bytechat/rooms'],
    ['apps/gateway/src/x.ts', '@bytechat/protocol'],
    ['apps/gateway/src/x.ts', '@bytechat/config'],
    ['apps/cli/src/x.ts', '@bytechat/config'],
    ['apps/gateway/src/x.ts', 'node:http'],
    ['apps/gateway/src/x.ts', '@nestjs/common'],
    ['apps/gateway/src/edge/x.ts', '../http/http.ts'],
    ['apps/gateway/src/x.spec.ts', '@bytechat/testing'],
    ['apps/web/src/x.ts', '@bytechat/client'],
    ['libs/client/src/x.ts', '@bytechat/crypto'],
    ['libs/client/src/x.spec.ts', 'node:fs'],
    ['libs/rooms/src/x.ts', 'ioredis'],
    ['libs/rooms/jest.config.mjs', '../../jest.preset.mjs'],
    ['libs/testing/src/x.ts', '@bytechat/rooms'],
    ['tools/x.spec.ts', '@bytechat/crypto'],
  ])('%s imports %s', async (file, specifier) => {
    expect(await problemsOf(file, `import '${specifier}';`)).toEqual([]);
  });
});

describe('The table and the projects agree', () => {
  const projects = ['apps', 'libs']
    .flatMap((area) => readdirSync(join(root, area)).map((name) => `${area}/${name}`))
    .concat('tools')
    .filter((folder) => existsSync(join(root, folder, 'project.json')));

  test.each(projects)('%s carries exactly the scope tag of its folder', (folder) => {
    const { tags } = JSON.parse(readFileSync(join(root, folder, 'project.json'), 'utf8')) as {
      tags: string[];
    };
    const scopes = tags.filter((tag) => tag.startsWith('scope:')).map((tag) => tag.slice('scope:'.length));
    expect(scopes.map((scope) => ({ scope, folder: rootOf(scope), known: scope in allowedImports }))).toEqual(
      [{ scope: scopes[0], folder, known: true }],
    );
  });
});
