import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fingerprintOf } from './build.mjs';

describe('Whether a build is still of these sources', () => {
  let folder = '';
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bytechat-build-'));
    for (const name of ['package-lock.json', 'nx.json', 'tsconfig.base.json']) write(name, '{}');
    write('apps/gateway/src/main.ts', 'one');
    write('libs/protocol/src/index.ts', 'two');
    write('tools/delivery/finish.ts', 'three');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    ['a changed source', 'apps/gateway/src/main.ts'],
    ['a new source', 'libs/protocol/src/new.ts'],
    ['a changed lock', 'package-lock.json'],
    ['a changed last step', 'tools/delivery/finish.ts'],
  ])('%s asks for a new one', (_story, path) => {
    const before = fingerprintOf(folder);
    write(path, 'other');
    expect(fingerprintOf(folder)).not.toBe(before);
  });

  test('moving text from one file to its neighbour asks for a new one', () => {
    write('libs/protocol/src/a.ts', 'ab');
    write('libs/protocol/src/b.ts', 'c');
    const before = fingerprintOf(folder);
    write('libs/protocol/src/a.ts', 'a');
    write('libs/protocol/src/b.ts', 'bc');
    expect(fingerprintOf(folder)).not.toBe(before);
  });

  test.each([
    'apps/gateway/dist/main.mjs',
    'libs/protocol/src/index.spec.ts',
    'apps/web/node_modules/x/index.js',
  ])('%s does not matter', (path) => {
    const before = fingerprintOf(folder);
    write(path, 'other');
    expect(fingerprintOf(folder)).toBe(before);
  });
});
