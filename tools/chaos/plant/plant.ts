import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Endpoints } from './endpoints.ts';
import { Pod } from './pod.ts';
import { RedisServer } from './redis-server.ts';
import { ReplicatedRedis } from './replicated-redis.ts';
import { Relay } from './relay.ts';
import { ReplyLoss } from './reply-loss.ts';

export const BUILT_GATEWAY = fileURLToPath(new URL('../../../apps/gateway/dist', import.meta.url));
const SOURCE_ADDRESS = new URL('source-address.mjs', import.meta.url).href;
const PODS = 3;

/** Limits are not what is tried here: everybody comes from one address, and comes back again and again. */
const ENVIRONMENT = {
  BYTECHAT_HANDSHAKES_PER_MINUTE: '100000',
  BYTECHAT_JOINS_PER_MINUTE: '100000',
  BYTECHAT_MAX_CONNECTIONS_PER_ADDRESS: '10000',
  BYTECHAT_MAX_ROOMS_PER_ADDRESS: '10000',
  BYTECHAT_MESSAGE_INTERVAL_MS: '10',
  BYTECHAT_MESSAGE_BURST: '1000',
  BYTECHAT_MAX_MESSAGES: '4096',
  BYTECHAT_SECRET_KEY: 'a chaos test key of thirty-two bytes or more',
  BYTECHAT_LOG_LEVEL: 'warn',
  BYTECHAT_DRAIN_SECONDS: '5',
};

/** Between a pod and Redis: a wire of its own, so that one pod can be cut off. */
export interface RedisWire {
  relay: Relay;
  replies: ReplyLoss;
}

/** Where the rooms live: one Redis with a wire to each pod, or several with sentinels. */
type Storage = { kind: 'single'; redis: RedisServer; wires: readonly RedisWire[] } | Replicated;

interface Replicated {
  kind: 'replicated';
  redis: ReplicatedRedis;
}

export interface PlantOptions {
  /** The folder of a built gateway; the one of this repository unless told. */
  built?: string;
  /** A master, replicas and sentinels instead of one Redis. */
  isReplicated?: boolean;
  /** Of every gateway, besides what it needs. */
  environment?: Readonly<Record<string, string>>;
}

/** All that stands: gateways behind one door, and what their rooms live in. */
export class Plant {
  readonly endpoints: Endpoints;
  readonly door: Relay;
  readonly pods: readonly Pod[];
  readonly #storage: Storage;

  private constructor(storage: Storage, endpoints: Endpoints, door: Relay, pods: readonly Pod[]) {
    this.#storage = storage;
    this.endpoints = endpoints;
    this.door = door;
    this.pods = pods;
  }

  static async build({
    built = BUILT_GATEWAY,
    isReplicated = false,
    environment = {},
  }: PlantOptions = {}): Promise<Plant> {
    const bundle = `${built}/main.mjs`;
    if (!existsSync(bundle)) throw new Error('Build first: npm run build');
    const storage = isReplicated ? await replicated() : await single();
    const endpoints = new Endpoints();
    const door = await Relay.open({ targets: () => endpoints.targets() });
    const pods = Array.from({ length: PODS }, (_, index) => {
      const env = { ...ENVIRONMENT, ...environment, ...storageFor(storage, index) };
      return new Pod(`pod${index + 1}`, bundle, env, endpoints);
    });
    const plant = new Plant(storage, endpoints, door, pods);
    try {
      await Promise.all(pods.map((pod) => pod.start()));
    } catch (error) {
      await plant.close();
      throw error;
    }
    return plant;
  }

  get url(): string {
    return `http://127.0.0.1:${this.door.port}`;
  }

  /** @throws where there are several */
  get redis(): RedisServer {
    return this.#single.redis;
  }

  /** From each pod to the one Redis. @throws where there are several */
  get wires(): readonly RedisWire[] {
    return this.#single.wires;
  }

  /** @throws where there is one Redis */
  get replicated(): ReplicatedRedis {
    if (this.#storage.kind !== 'replicated') throw new Error('This plant has one Redis.');
    return this.#storage.redis;
  }

  get crashes(): string[] {
    return this.pods.flatMap(({ crashes }) => crashes);
  }

  /** Undoes every fault of the network; who stops a process starts it again. */
  mend(): void {
    if (this.#storage.kind === 'replicated') this.#storage.redis.mend();
    else this.#storage.wires.forEach(mendWire);
    this.door.refuse(false);
    this.door.release();
  }

  async close(): Promise<void> {
    await Promise.all(this.pods.map((pod) => pod.end()));
    await this.door.close();
    if (this.#storage.kind === 'single')
      await Promise.all(this.#storage.wires.map(({ relay }) => relay.close()));
    await this.#storage.redis.stop();
  }

  get #single(): Storage & { kind: 'single' } {
    if (this.#storage.kind !== 'single') throw new Error('This plant has several Redis servers.');
    return this.#storage;
  }
}

async function single(): Promise<Storage> {
  const redis = await RedisServer.start();
  const wires = await Promise.all(Array.from({ length: PODS }, () => layWire(redis.port)));
  return { kind: 'single', redis, wires };
}

const replicated = async (): Promise<Storage> => ({
  kind: 'replicated',
  redis: await ReplicatedRedis.start(),
});

async function layWire(redisPort: number): Promise<RedisWire> {
  const replies = new ReplyLoss();
  const relay = await Relay.open({ targets: () => [redisPort], inspect: () => replies.inspector() });
  return { relay, replies };
}

function mendWire({ relay, replies }: RedisWire): void {
  replies.disarm();
  relay.refuse(false);
  relay.release();
}

/** Where a pod's connections to Redis come from, if there are several. */
export const addressOfPod = (index: number): string => `127.0.0.3${index + 1}`;

function storageFor(storage: Storage, pod: number): Record<string, string> {
  if (storage.kind === 'single')
    return { BYTECHAT_REDIS_URL: `redis://127.0.0.1:${storage.wires[pod]!.relay.port}` };
  return {
    BYTECHAT_REDIS_URL: storage.redis.url,
    CHAOS_SOURCE_ADDRESS: addressOfPod(pod),
    NODE_OPTIONS: `--import ${SOURCE_ADDRESS}`,
  };
}
