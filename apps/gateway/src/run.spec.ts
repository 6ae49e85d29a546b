import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connectClient } from './testing/test-client.ts';

/** The built gateway as a process of its own. */

const project = join(import.meta.dirname, '..');
const bundle = join(project, 'dist', 'main.mjs');
const running = new Set<ChildProcess>();

interface Ended {
  code: number | null;
  output: string;
  errors: string;
}

class GatewayProcess {
  readonly #child: ChildProcess;
  #output = '';
  #errors = '';
  readonly ended: Promise<Ended>;

  constructor(environment: Record<string, string>, args: readonly string[] = []) {
    const free = { BYTECHAT_PORT: '0', BYTECHAT_INTERNAL_PORT: '0', BYTECHAT_DRAIN_SECONDS: '0' };
    this.#child = spawn(process.execPath, [bundle, ...args], { env: { ...free, ...environment } });
    running.add(this.#child);
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code) => {
        running.delete(this.#child);
        resolve({ code, output: this.#output, errors: this.#errors });
      });
    });
  }

  /** The port it serves on, as its log tells. */
  async port(): Promise<number> {
    return new Promise((resolve) => {
      const look = (): void => {
        const line = this.#output.split('\n').find((each) => each.includes('ByteChat serves.'));
        if (line !== undefined) resolve((JSON.parse(line) as { port: number }).port);
      };
      this.#child.stdout?.on('data', look);
      look();
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

beforeAll(async () => {
  const build = spawn(process.execPath, [join(project, 'build.mjs')], { stdio: 'ignore' });
  expect(await new Promise((resolve) => build.on('close', resolve))).toBe(0);
}, 60_000);

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe('the gateway as a process', () => {
  test('ends with 78 and one line a variable when the environment is wrong', async () => {
    const secret = 'too-short-canary';
    const { code, errors, output } = await new GatewayProcess({
      BYTECHAT_PORT: 'x',
      BYTECHAT_SECRET_KEY: secret,
    }).ended;
    expect(code).toBe(78);
    expect(errors.trim().split('\n')).toEqual([
      expect.stringMatching(/^BYTECHAT_PORT /),
      expect.stringMatching(/^BYTECHAT_SECRET_KEY /),
    ]);
    expect(errors + output).not.toContain(secret);
  });

  test('checks a configuration without starting anything: the same lines and code, or ok', async () => {
    const wrong = { BYTECHAT_PORT: 'x', BYTECHAT_PROT: '1' };
    const refused = await new GatewayProcess(wrong, ['--check-config']).ended;
    expect(refused).toMatchObject({ code: 78, output: '' });
    expect(refused.errors.trim().split('\n')).toEqual([expect.stringMatching(/^BYTECHAT_PORT /)]);
    const redis = { BYTECHAT_REDIS_URL: 'redis://127.0.0.1:1', BYTECHAT_SECRET_KEY: 'x'.repeat(32) };
    const good = await new GatewayProcess({ ...redis, BYTECHAT_PROT: '1' }, ['--check-config']).ended;
    expect(good).toMatchObject({ code: 0, output: 'ok\n' });
    expect(good.errors).toContain('did you mean BYTECHAT_PORT?');
  });

  test('does not start by an argument it does not know', async () => {
    const { code, output, errors } = await new GatewayProcess({}, ['--chek-config']).ended;
    expect({ code, output }).toEqual({ code: 64, output: '' });
    expect(errors).toContain('--check-config');
  });

  test('serves with injected dependencies, says what the embedded store means, and ends with 0', async () => {
    const gateway = new GatewayProcess({ BYTECHAT_PROT: '1' });
    const port = await gateway.port();
    const info = await fetch(`http://127.0.0.1:${port}/api/room/AAAAAAAAAAAAAAAAAAAAAA/info`);
    expect(await info.json()).toMatchObject({ exists: false });
    const client = await connectClient(port);
    gateway.signal('SIGTERM');
    expect(await client.next('server_notice')).toMatchObject({ code: 'DRAINING' });
    const { code, output, errors } = await gateway.ended;
    expect(code).toBe(0);
    expect(output).toContain('Embedded store');
    expect(errors).toContain('did you mean BYTECHAT_PORT?');
  });

  test('a second signal ends it at once', async () => {
    const gateway = new GatewayProcess({ BYTECHAT_DRAIN_SECONDS: '60' });
    const client = await connectClient(await gateway.port());
    gateway.signal('SIGINT');
    await client.next('server_notice');
    gateway.signal('SIGINT');
    expect((await gateway.ended).code).toBe(130);
    client.close();
  });

  test('a port in use is one readable line and 1', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const port = String((taken.address() as AddressInfo).port);
    const { code, errors } = await new GatewayProcess({ BYTECHAT_PORT: port }).ended;
    expect(code).toBe(1);
    expect(errors.trim()).toBe(`Port ${port} is in use; choose another one with BYTECHAT_PORT.`);
    const internal = await new GatewayProcess({ BYTECHAT_INTERNAL_PORT: port }).ended;
    expect(internal.errors.trim()).toBe(
      `Port ${port} is in use; choose another one with BYTECHAT_INTERNAL_PORT.`,
    );
    taken.close();
  });

  test('a Redis that is not there is one readable line and 1', async () => {
    const { code, errors } = await new GatewayProcess({
      BYTECHAT_REDIS_URL: 'redis://127.0.0.1:1',
      BYTECHAT_SECRET_KEY: 'a secret of more than thirty-two bytes',
    }).ended;
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toEqual([expect.stringMatching(/^Redis can't be reached/)]);
  });
});
