import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const MASTER_NAME = 'mymaster';

export interface SentinelPlace {
  port: number;
  /** Where its own connections come from. */
  sourceAddress: string;
  /** Where the others reach it. */
  announcedPort: number;
  /** Where it reaches the first master. */
  masterPort: number;
}

/** As the manifests have it: 1000 leads to false alarms (RELIABILITY finding 8). */
const DOWN_AFTER_MS = 3_000;
const FAILOVER_TIMEOUT_MS = 6_000;
const QUORUM = 2;

/** One sentinel. What it has learnt is in its file, so it can be killed and started again. */
export class Sentinel {
  readonly #directory: string;
  #child: ChildProcess | undefined;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async start(place: SentinelPlace): Promise<Sentinel> {
    const sentinel = new Sentinel(await mkdtemp(join(tmpdir(), 'bytechat-sentinel-')));
    await writeFile(sentinel.#path, configurationOf(place, sentinel.#directory));
    await sentinel.restart();
    return sentinel;
  }

  async restart(): Promise<void> {
    const child = spawn('redis-server', [this.#path, '--sentinel'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const killOnExit = (): boolean => child.kill('SIGKILL');
    process.once('exit', killOnExit);
    child.once('exit', () => process.removeListener('exit', killOnExit));
    this.#child = child;
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.includes('+monitor')) resolve();
      }),
    );
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#directory, { recursive: true, force: true });
  }

  get #path(): string {
    return join(this.#directory, 'sentinel.conf');
  }
}

const configurationOf = (place: SentinelPlace, directory: string): string =>
  [
    `port ${place.port}`,
    'bind 127.0.0.1',
    `bind-source-addr ${place.sourceAddress}`,
    `dir ${directory}`,
    'sentinel announce-ip 127.0.0.1',
    `sentinel announce-port ${place.announcedPort}`,
    `sentinel monitor ${MASTER_NAME} 127.0.0.1 ${place.masterPort} ${QUORUM}`,
    `sentinel down-after-milliseconds ${MASTER_NAME} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${MASTER_NAME} ${FAILOVER_TIMEOUT_MS}`,
    '',
  ].join('\n');
