import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { Relay } from './relay.ts';
import { until } from './waiting.ts';

/** Fields of INFO replication that matter here. */
export interface Replication {
  role: string;
  linkIsUp: boolean;
  replicas: number;
}

/** One of several Redis servers. Everybody but us reaches it through its relay. */
export class RedisNode {
  readonly sourceAddress: string;
  readonly relay: Relay;
  #process: RedisProcess;
  readonly #admin: Redis;
  readonly #directory: string;

  private constructor(sourceAddress: string, relay: Relay, process: RedisProcess, directory: string) {
    this.sourceAddress = sourceAddress;
    this.relay = relay;
    this.#process = process;
    this.#directory = directory;
    this.#admin = new Redis(process.url, { retryStrategy: () => 100, maxRetriesPerRequest: null });
    this.#admin.on('error', () => undefined);
  }

  static async start(sourceAddress: string): Promise<RedisNode> {
    const directory = await mkdtemp(join(tmpdir(), 'bytechat-node-'));
    let port = 0;
    const relay = await Relay.open({ targets: () => [port] });
    const process = await launch(directory, sourceAddress, relay.port);
    port = process.port;
    return new RedisNode(sourceAddress, relay, process, directory);
  }

  async follow(master: RedisNode): Promise<void> {
    await this.#admin.replicaof('127.0.0.1', master.relay.port);
  }

  async replication(): Promise<Replication> {
    const text = await this.#admin.info('replication');
    const field = (name: string): string => new RegExp(`^${name}:(.*)\\r$`, 'm').exec(text)?.[1] ?? '';
    return {
      role: field('role'),
      linkIsUp: field('master_link_status') === 'up',
      replicas: Number(field('connected_slaves')),
    };
  }

  async isInStep(): Promise<boolean> {
    const { role, linkIsUp } = await this.replication();
    return role === 'slave' && linkIsUp;
  }

  /** Takes no write for so long, and goes on giving its replicas what it has. */
  async pauseWrites(ms: number): Promise<void> {
    await this.#admin.call('CLIENT', 'PAUSE', String(ms), 'WRITE');
  }

  crash(): Promise<void> {
    return this.#process.kill();
  }

  /** Comes back as a replica, as in the manifests, where a node asks the sentinels first. */
  async restartAfter(master: RedisNode): Promise<void> {
    this.#process = await launch(this.#directory, this.sourceAddress, this.relay.port, this.#process.port);
    await until(() => this.#admin.status === 'ready', 'a Redis that was restarted answers');
    await this.follow(master);
  }

  async stop(): Promise<void> {
    this.#admin.disconnect();
    await this.relay.close();
    await this.#process.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** It takes a write only while a replica is near, as in the manifests. */
const launch = (
  directory: string,
  sourceAddress: string,
  announcedPort: number,
  port?: number,
): Promise<RedisProcess> =>
  startRedis({
    directory,
    settings: {
      'bind-source-addr': sourceAddress,
      'replica-announce-ip': '127.0.0.1',
      'replica-announce-port': String(announcedPort),
      'repl-diskless-sync-delay': '0',
      'min-replicas-to-write': '1',
      'min-replicas-max-lag': '2',
    },
    ...(port === undefined ? {} : { port }),
  });
