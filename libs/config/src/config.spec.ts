import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { GatewayConfig } from './config.ts';
import { configRows, configTable, envExample } from './config-rows.ts';
import { readConfig, type Environment } from './read-config.ts';
import { variables } from './variables.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bytechat-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (host: string, port = 26_379): object => ({ host, port });

const SECRET = 'a secret of more than thirty-two bytes';

function configOf(environment: Environment): GatewayConfig {
  const reading = readConfig(environment);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.config;
}

function problemsOf(environment: Environment): string[] {
  const reading = readConfig(environment);
  return reading.ok ? [] : reading.problems;
}

describe('the configuration', () => {
  test('stands without any variable: the embedded store on the loopback, with the limits of the seed', () => {
    expect(configOf({ PATH: '/bin', BYTECHAT_REDIS_URL: '' })).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      internalPort: 8081,
      redis: undefined,
      allowedOrigins: undefined,
      maxMessages: 512,
      maxUsersPerRoom: 1000,
      maxRoomsPerAddress: 100,
      sessionTimeoutSeconds: 3600,
      logLevel: 'info',
    });
  });

  test.each([
    ['', undefined, 0],
    ['redis://a', undefined, 0],
    ['redis://a', '2', 2],
    ['redis://a,redis://b', undefined, 1],
    ['redis+sentinel://a/main', undefined, 1],
    ['redis+sentinel://a/main', '0', 0],
  ])('with "%s" and %s waits for %d replicas', (url, given, replicas) => {
    const secret = { BYTECHAT_SECRET_KEY: 'x'.repeat(32) };
    const environment = { ...secret, BYTECHAT_REDIS_URL: url, BYTECHAT_REDIS_REPLICAS: given ?? '' };
    expect(configOf(environment).redisReplicas).toBe(replicas);
  });

  test('has another random secret in each process that is given none', () => {
    const [one, two] = [configOf({}), configOf({})];
    expect(one.secretKey).toHaveLength(32);
    expect(one.secretKey).not.toEqual(two.secretKey);
  });

  test.each([
    ['redis://h:1', { kind: 'standalone', url: 'redis://h:1' }],
    ['rediss://u:p@h:1/2', { kind: 'standalone', url: 'rediss://u:p@h:1/2' }],
    ['redis://a:1,redis://b:2', { kind: 'cluster', nodes: ['redis://a:1', 'redis://b:2'] }],
    ['redis+cluster://a:1,b:2', { kind: 'cluster', nodes: ['redis://a:1', 'redis://b:2'] }],
  ])('finds Redis at %s', (url, location) => {
    expect(configOf({ BYTECHAT_REDIS_URL: url, BYTECHAT_SECRET_KEY: SECRET }).redis).toEqual(location);
  });

  test.each([
    ['redis+sentinel://a,b:26380/main', { sentinels: [at('a'), at('b', 26_380)], name: 'main', db: 0 }],
    ['redis+sentinel://[::1]:1/m.y-main_1/3', { sentinels: [at('::1', 1)], name: 'm.y-main_1', db: 3 }],
    [
      'redis+sentinel://user:p%40ss@a:1,b/main/0?sentinelPassword=other%20one',
      { sentinels: [at('a', 1), at('b')], username: 'user', password: 'p@ss', sentinelPassword: 'other one' },
    ],
    ['redis+sentinel://:only@a/main', { username: undefined, password: 'only', sentinelPassword: undefined }],
  ])('finds the sentinels of %s', (url, location) => {
    const { redis } = configOf({ BYTECHAT_REDIS_URL: url, BYTECHAT_SECRET_KEY: SECRET });
    expect(redis).toMatchObject({ kind: 'sentinel', ...location });
  });

  test('takes the place of Redis from a file, since it may hold a password', () => {
    const path = join(folder, 'redis');
    writeFileSync(path, 'redis://:canary@h:1\n');
    const { redis } = configOf({ BYTECHAT_REDIS_URL_FILE: path, BYTECHAT_SECRET_KEY: SECRET });
    expect(redis).toEqual({ kind: 'standalone', url: 'redis://:canary@h:1' });
    expect(problemsOf({ BYTECHAT_REDIS_URL_FILE: path })).toEqual([
      'BYTECHAT_SECRET_KEY is required with BYTECHAT_REDIS_URL',
    ]);
  });

  test('takes the secret from a file, without the line break at its end', () => {
    const path = join(folder, 'secret');
    writeFileSync(path, `${SECRET}\n`);
    const fromFile = configOf({ BYTECHAT_SECRET_KEY_FILE: path });
    expect(fromFile.secretKey).toEqual(configOf({ BYTECHAT_SECRET_KEY: SECRET }).secretKey);
  });
});

describe('what is wrong with the environment', () => {
  test.each([
    ['BYTECHAT_PORT', 'eighty'],
    ['BYTECHAT_PORT', '65536'],
    ['BYTECHAT_PORT', '-1'],
    ['BYTECHAT_HOST', 'no host'],
    ['BYTECHAT_MAX_USERS_PER_ROOM', '1'],
    ['BYTECHAT_MAX_MESSAGES', '0'],
    ['BYTECHAT_ALLOWED_ORIGINS', 'https://chat.example/'],
    ['BYTECHAT_ALLOWED_ORIGINS', '*'],
    ['BYTECHAT_TRUSTED_PROXIES', '10.0.0.0/99'],
    ['BYTECHAT_WEB_ROOT', '/nowhere'],
    ['BYTECHAT_LOG_LEVEL', 'loud'],
    ['BYTECHAT_REDIS_URL', 'http://h'],
    ['BYTECHAT_REDIS_URL', 'redis+sentinel://a,b'],
    ['BYTECHAT_REDIS_URL', 'redis+sentinel:///main'],
    ['BYTECHAT_REDIS_URL', 'redis+sentinel://a,,b/main'],
    ['BYTECHAT_REDIS_URL', 'redis+sentinel://u:%zz@a/main'],
    ['BYTECHAT_REDIS_URL', 'redis+sentinel://a/main/x'],
    ['BYTECHAT_REDIS_URL', 'redis+sentinel://a/main/0/more'],
    ['BYTECHAT_REDIS_URL', 'redis+sentinel://a,u:p@b/main'],
    ['BYTECHAT_REDIS_URL_FILE', '/nowhere'],
    ['BYTECHAT_SECRET_KEY', 'short'],
    ['BYTECHAT_SECRET_KEY_FILE', '/nowhere'],
  ])('%s=%s is one line that names it', (name, value) => {
    const problems = problemsOf({
      BYTECHAT_SECRET_KEY: name.includes('SECRET') ? '' : SECRET,
      [name]: value,
    });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} \\S`))]);
  });

  test('everything at once is one line each', () => {
    const problems = problemsOf({
      BYTECHAT_PORT: 'x',
      BYTECHAT_LOG_LEVEL: 'x',
      BYTECHAT_REDIS_URL: 'redis://h',
    });
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'BYTECHAT_PORT',
      'BYTECHAT_LOG_LEVEL',
      'BYTECHAT_SECRET_KEY',
    ]);
  });

  test('the secret twice is refused', () => {
    const twice = { BYTECHAT_SECRET_KEY: SECRET, BYTECHAT_SECRET_KEY_FILE: '/x' };
    expect(problemsOf(twice)).toEqual([expect.stringContaining('both set')]);
  });

  test('a name that nobody knows is a warning with the nearest one', () => {
    const reading = readConfig({ BYTECHAT_PROT: '1', BYTECHAT_COMPLETELY_ELSE_AND_LONG: '1' });
    expect(reading).toMatchObject({
      ok: true,
      warnings: [
        'BYTECHAT_PROT is not known; did you mean BYTECHAT_PORT?',
        expect.stringContaining('BYTECHAT_COMPLETELY_ELSE_AND_LONG is not known'),
      ],
    });
  });

  test('no value is ever repeated, whatever stands in the variables', () => {
    const names = configRows().map(({ name }) => name);
    const value = fc.string({ minLength: 8, maxLength: 40 }).map((text) => `<${text}>`);
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, text) => {
        const reading = readConfig({ [name]: text });
        const said = reading.ok ? reading.warnings : reading.problems;
        expect(said.join('\n')).not.toContain(text);
        for (const line of said) expect(line).not.toContain('\n');
      }),
      { verbose: true },
    );
  });
});

describe('the documentation of the configuration', () => {
  test('has one row and one example for every variable', () => {
    const rows = configRows();
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(variables.shape));
    for (const { name, description } of rows) {
      expect(description).not.toBe('');
      expect(configTable()).toContain(`| \`${name}\` |`);
      expect(envExample()).toContain(`# ${name}=`);
    }
  });

  test('every default it names is accepted', () => {
    const defaults = configRows().filter((row) => row.default !== '');
    expect(problemsOf(Object.fromEntries(defaults.map((row) => [row.name, row.default])))).toEqual([]);
  });
});
