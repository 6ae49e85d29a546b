import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Endpoints } from './endpoints.ts';
import { Pod } from './pod.ts';
import { RedisServer } from './redis-server.ts';
import { Relay } from './relay.ts';
import { ReplyLoss } from './reply-loss.ts';

export const BUILT_GATEWAY = fileURLToPath(new URL('../../../apps/gateway/dist', import.meta.url));
const PODS = 3;

/** Limits are not what is tried here: everybody comes from one address, and comes back again and again. */
const LIMITS = {
  BYTECHAT_HANDSHAKES_PER_MINUTE: '100000',
  BYTECHAT_JOINS_PER_MINUTE: '100000',
  BYTECHAT_MAX_CONNECTIONS_PER_ADDRESS: '10000',
  BYTECHAT_MAX_ROOMS_PER_ADDRESS: '10000',
  BYTECHAT_MESSAGE_INTERVAL_MS: '10',
  BYTECHAT_MESSAGE_BURST: '1000',
  BYTECHAT_MAX_MESSAGES: '4096',
};

/** Between a pod and Redis: a wire of its own, so that one pod can be cut off. */
export interface RedisWire {
  relay: Relay;
  replies: ReplyLoss;
}

/** All that stands: gateways behind one door, each with its own wire to one Redis. */
export class Plant {
  readonly redis: RedisServer;
  readonly endpoints: Endpoints;
  readonly door: Relay;
  readonly wires: readonly RedisWire[];
  readonly pods: readonly Pod[];

  private constructor(parts: Pick<Plant, 'redis' | 'endpoints' | 'door' | 'wires' | 'pods'>) {
    ({
      redis: this.redis,
      endpoints: this.endpoints,
      door: this.door,
      wires: this.wires,
      pods: this.pods,
    } = parts);
  }

  /** @param built the folder of a built gateway; the one of this repository unless told */
  static async build(built = BUILT_GATEWAY): Promise<Plant> {
    const bundle = `${built}/main.mjs`;
    if (!existsSync(bundle)) throw new Error('Build first: npm run build');
    const redis = await RedisServer.start();
    const endpoints = new Endpoints();
    const door = await Relay.open({ targets: () => endpoints.targets() });
    const wires = await Promise.all(Array.from({ length: PODS }, () => layWire(redis.port)));
    const pods = wires.map(
      ({ relay }, index) => new Pod(`pod${index + 1}`, bundle, environmentOf(relay.port), endpoints),
    );
    const plant = new Plant({ redis, endpoints, door, wires, pods });
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

  get crashes(): string[] {
    return this.pods.flatMap(({ crashes }) => crashes);
  }

  /** Undoes every fault of the network; who stops a process starts it again. */
  mend(): void {
    for (const { relay, replies } of this.wires) {
      replies.disarm();
      relay.refuse(false);
      relay.release();
    }
    this.door.refuse(false);
    this.door.release();
  }

  async close(): Promise<void> {
    await Promise.all(this.pods.map((pod) => pod.end()));
    await Promise.all([this.door.close(), ...this.wires.map(({ relay }) => relay.close())]);
    await this.redis.stop();
  }
}

async function layWire(redisPort: number): Promise<RedisWire> {
  const replies = new ReplyLoss();
  const relay = await Relay.open({ targets: () => [redisPort], inspect: () => replies.inspector() });
  return { relay, replies };
}

const environmentOf = (redisPort: number): Record<string, string> => ({
  ...LIMITS,
  BYTECHAT_REDIS_URL: `redis://127.0.0.1:${redisPort}`,
  BYTECHAT_SECRET_KEY: 'a chaos test key of thirty-two bytes or more',
  BYTECHAT_LOG_LEVEL: 'warn',
  BYTECHAT_DRAIN_SECONDS: '5',
});
