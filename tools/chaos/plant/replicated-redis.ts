import { Redis } from 'ioredis';
import { freePort } from '@bytechat/testing/redis';
import { RedisNode } from './redis-node.ts';
import { Relay } from './relay.ts';
import { MASTER_NAME, Sentinel } from './sentinel.ts';
import { comesTrue } from './waiting.ts';

const COUNT = 3;
const LOOK_MS = 100;
const IN_STEP_WITHIN_MS = 60_000;

interface Watch {
  sentinel: Sentinel;
  relay: Relay;
  admin: Redis;
}

/** A master, two replicas and three sentinels, each with an address of its own and reached through a relay of its own. */
export class ReplicatedRedis {
  readonly nodes: readonly RedisNode[];
  readonly #watches: readonly Watch[];

  private constructor(nodes: readonly RedisNode[], watches: readonly Watch[]) {
    this.nodes = nodes;
    this.#watches = watches;
  }

  static async start(): Promise<ReplicatedRedis> {
    const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);
    const nodes = await Promise.all(numbers.map((number) => RedisNode.start(`127.0.0.1${number}`)));
    const [master, ...replicas] = nodes as [RedisNode, ...RedisNode[]];
    for (const replica of replicas) await replica.follow(master);
    const watches: Watch[] = [];
    for (const number of numbers) watches.push(await watch(`127.0.0.2${number}`, master.relay.port));
    const redis = new ReplicatedRedis(nodes, watches);
    await redis.untilInStep();
    await redis.#untilWatched();
    return redis;
  }

  get url(): string {
    const hosts = this.#watches.map(({ relay }) => `127.0.0.1:${relay.port}`);
    return `redis+sentinel://${hosts.join(',')}/${MASTER_NAME}`;
  }

  /** The one that the sentinels name. */
  async master(): Promise<RedisNode> {
    const address = await this.#ask('GET-MASTER-ADDR-BY-NAME');
    const port = Array.isArray(address) ? Number(address[1]) : undefined;
    const master = this.nodes.find(({ relay }) => relay.port === port);
    if (!master) throw new Error('The sentinels know no master.');
    return master;
  }

  /** A planned failover. Resolves with whether the sentinels took it up. */
  async handOver(): Promise<boolean> {
    return this.#ask('FAILOVER').then(
      () => true,
      () => false,
    );
  }

  /** Resolves with whether the sentinels came to name another one. */
  async hasOtherMaster(than: RedisNode): Promise<boolean> {
    return holds(async () => (await this.master()) !== than);
  }

  /** Resolves when the master has every other one as its replica. */
  untilInStep(): Promise<boolean> {
    return holds(async () => {
      const master = await this.master();
      const others = this.nodes.filter((node) => node !== master);
      const { role, replicas } = await master.replication();
      const steps = await Promise.all(others.map((node) => node.isInStep()));
      return role === 'master' && replicas === others.length && steps.every((isInStep) => isInStep);
    });
  }

  /** The master and whatever comes from `companion` see each other, and nobody else sees either. */
  async split(companion: string): Promise<void> {
    const master = await this.master();
    const alone = (address: string): boolean => address === companion || address === master.sourceAddress;
    for (const { relay } of [...this.nodes, ...this.#watches])
      for (const direction of ['toServer', 'toClient'] as const)
        relay.hold(direction, relay === master.relay ? (address) => !alone(address) : alone);
  }

  mend(): void {
    for (const { relay } of [...this.nodes, ...this.#watches]) relay.release();
  }

  async killSentinels(): Promise<void> {
    for (const { sentinel } of this.#watches) await sentinel.kill();
  }

  async restartSentinels(): Promise<void> {
    for (const { sentinel } of this.#watches) await sentinel.restart();
  }

  async stop(): Promise<void> {
    for (const { sentinel, relay, admin } of this.#watches) {
      admin.disconnect();
      await relay.close();
      await sentinel.stop();
    }
    for (const node of this.nodes) await node.stop();
  }

  #ask(what: string): Promise<unknown> {
    return this.#watches[0]!.admin.call('SENTINEL', what, MASTER_NAME);
  }

  /** Without a quorum that knows the replicas there is no failover. */
  async #untilWatched(): Promise<void> {
    for (const { admin } of this.#watches)
      await holds(async () => {
        const text = await admin.info('sentinel');
        return text.includes(`slaves=${COUNT - 1},sentinels=${COUNT}`);
      });
  }
}

async function watch(sourceAddress: string, masterPort: number): Promise<Watch> {
  const port = await freePort();
  const relay = await Relay.open({ targets: () => [port] });
  const sentinel = await Sentinel.start({ port, sourceAddress, announcedPort: relay.port, masterPort });
  const admin = new Redis(port, '127.0.0.1', { retryStrategy: () => LOOK_MS, maxRetriesPerRequest: null });
  admin.on('error', () => undefined);
  return { sentinel, relay, admin };
}

async function holds(condition: () => Promise<boolean>): Promise<boolean> {
  let isSo = false;
  let isAsked = false;
  return comesTrue(() => {
    if (!isSo && !isAsked) {
      isAsked = true;
      condition()
        .then((answer) => (isSo = answer))
        .catch(() => undefined)
        .finally(() => (isAsked = false));
    }
    return isSo;
  }, IN_STEP_WITHIN_MS);
}
