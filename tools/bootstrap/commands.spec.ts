import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { isAtLeast } from './node-version.mjs';

/** Runs a command of ours to its end; its exit code and what it wrote to standard error. */
async function refusalOf(command: string, env: NodeJS.ProcessEnv): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/${command}.mjs`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number]>]);
  return { code, said };
}

describe('npm start', () => {
  test('says in one line that the port is in use, and which variable moves it', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const port = String((squatter.address() as AddressInfo).port);
    const { code, said } = await refusalOf('start', { BYTECHAT_PORT: port });
    squatter.close();
    expect(code).toBe(1);
    expect(said).toBe(`Port ${port} is in use. Free it, or choose another: BYTECHAT_PORT=8081 npm start\n`);
  });

  test.each(['0', '65536', 'http', '80.5', '-1'])('refuses %s as a port in one line', async (port) => {
    const { code, said } = await refusalOf('start', { BYTECHAT_PORT: port });
    expect(code).toBe(1);
    expect(said).toBe(`BYTECHAT_PORT: expected a port number from 1 to 65535, got "${port}".\n`);
  });
});

describe('npm run dev', () => {
  test('does not run in production', async () => {
    const { code, said } = await refusalOf('dev', { NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(said).toBe('npm run dev is for development only: it does not run with NODE_ENV=production.\n');
  });
});

describe('Versions of Node', () => {
  test.each([
    ['24.15.0', '24.15', true],
    ['24.21.0', '24.15', true],
    ['26.0.0', '24.15', true],
    ['24.14.9', '24.15', false],
    ['22.22.3', '24.15', false],
    ['v20.0.0', '20.0', true],
    ['18.20.8', '20.0', false],
  ])('%s against %s', (version, wanted, enough) => {
    expect(isAtLeast(version, wanted)).toBe(enough);
  });
});
