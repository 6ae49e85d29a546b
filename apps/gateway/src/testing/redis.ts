import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { RedisLocation } from '../config/redis-location.ts';

/** A redis-server of a test's own, on the loopback, that keeps nothing. */
export class TestRedis {
  readonly port: number;
  readonly location: RedisLocation;
  #child: ChildProcess;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.location = { kind: 'standalone', url: `redis://127.0.0.1:${port}` };
    this.#child = child;
  }

  static async start(): Promise<TestRedis> {
    const port = await freePort();
    return new TestRedis(port, await launch(port));
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  /** Starts it again on the same port, empty. */
  async restart(): Promise<void> {
    await this.kill();
    this.#child = await launch(this.port);
  }
}

async function launch(port: number): Promise<ChildProcess> {
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>)
    if (chunk.toString().includes('Ready to accept connections')) return child;
  throw new Error('redis-server did not come up.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
