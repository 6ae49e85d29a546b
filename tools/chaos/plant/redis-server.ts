import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startRedis, type RedisProcess } from '@bytechat/testing/redis';

const RECONNECT_MS = 100;

/** In memory where there is such a place, as in the manifests: it outlives the process and not the machine. */
const PARENT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A Redis as the manifests run it: it writes its log (AOF) before it answers, so a crash loses nothing acknowledged. */
export class RedisServer {
  readonly port: number;
  /** A connection of our own, past every relay. */
  readonly admin: Redis;
  #process: RedisProcess;
  #directory: string;

  private constructor(process: RedisProcess, directory: string) {
    this.#process = process;
    this.#directory = directory;
    this.port = process.port;
    this.admin = new Redis(process.url, { retryStrategy: () => RECONNECT_MS, maxRetriesPerRequest: null });
    this.admin.on('error', () => undefined);
  }

  static async start(): Promise<RedisServer> {
    const directory = await newDirectory();
    return new RedisServer(await launch(directory), directory);
  }

  crash(): Promise<void> {
    return this.#process.kill();
  }

  async restart(): Promise<void> {
    this.#process = await launch(this.#directory, this.port);
  }

  /** As if nothing had ever been written down. */
  async restartEmpty(): Promise<void> {
    await this.#begin(await newDirectory());
  }

  /** What it has acknowledged until now. */
  async copy(): Promise<string> {
    const copy = await newDirectory();
    await cp(this.#directory, copy, { recursive: true });
    return copy;
  }

  /** Without what it acknowledged after the copy. */
  async restartFrom(copy: string): Promise<void> {
    await this.#begin(copy);
  }

  freeze(): void {
    process.kill(this.#process.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.#process.pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    this.admin.disconnect();
    await this.#process.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #begin(directory: string): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
    this.#directory = directory;
    await this.restart();
  }
}

const newDirectory = (): Promise<string> => mkdtemp(join(PARENT, 'bytechat-chaos-'));

const launch = (directory: string, port?: number): Promise<RedisProcess> =>
  startRedis({
    ...{ directory, appendOnly: true, settings: { appendfsync: 'always' } },
    ...(port === undefined ? {} : { port }),
  });
