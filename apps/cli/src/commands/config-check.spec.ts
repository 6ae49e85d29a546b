import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildInto } from '../testing/bytechat.ts';
import { runHere } from '../testing/fake-io.ts';

const SECRET = 'a canary of less than 32';
const WRONG = { BYTECHAT_PORT: '80 80', BYTECHAT_SECRET_KEY: SECRET, BYTECHAT_PROT: '1' };
const check = (environment: Record<string, string>, ...more: string[]) =>
  runHere(['config', 'check', ...more], { environment });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bytechat-config-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('config check', () => {
  test('says ok to an environment that a gateway would start with', async () => {
    expect(await check({ BYTECHAT_PORT: '0' })).toEqual({ code: 0, out: 'ok\n', err: '' });
  });

  test('says one line for each wrong variable and ends with 78, without repeating a value', async () => {
    const { code, out, err } = await check(WRONG);
    expect({ code, out }).toEqual({ code: 78, out: '' });
    expect(err).toBe(
      'BYTECHAT_PORT must be a whole number\nBYTECHAT_SECRET_KEY must have at least 32 bytes\n',
    );
  });

  test('warns of a name that nobody reads, with the nearest one', async () => {
    const { code, out, err } = await check({ BYTECHAT_PROT: '1' });
    expect({ code, out }).toEqual({ code: 0, out: 'ok\n' });
    expect(err).toBe('BYTECHAT_PROT is not known; did you mean BYTECHAT_PORT?\n');
  });

  test('reads an environment file in place of its own environment', async () => {
    const file = join(folder, '.env');
    writeFileSync(file, '# ours\nBYTECHAT_LOG_LEVEL="loud"\n');
    expect(await check({ BYTECHAT_PORT: 'x' }, '--env-file', file)).toMatchObject({
      code: 78,
      err: 'BYTECHAT_LOG_LEVEL must be fatal, error, warn, info, debug or silent\n',
    });
    expect(await check({}, '--env-file', join(folder, 'gone'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOENT'),
    });
  });

  test('as a program: the same lines, 78 and no stack', () => {
    const program = buildInto(folder);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'config', 'check'], {
      env: WRONG,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 78, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(2);
    expect(stderr).not.toMatch(/^\s+at |node:|canary/m);
  }, 60_000);
});
