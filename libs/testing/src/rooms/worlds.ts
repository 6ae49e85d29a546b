import { randomBytes } from 'node:crypto';
import { MemoryRoomStore, RedisRoomStore, type RoomStore } from '@bytechat/rooms';
import type { Cluster, Redis } from 'ioredis';
import type { StoreWorld, WorldFactory, WorldSettings } from './harness.ts';

/** One process, one store: what stands for another pod is the same store. */
export const memoryWorld: WorldFactory = async (settings) => {
  const store = new MemoryRoomStore(settings);
  return Promise.resolve({
    open: () => store,
    // Memory is freed by the sweep; what has expired is never served before that either.
    countStored: async () => {
      await store.sweep();
      return store.size;
    },
    forgetScripts: () => Promise.resolve(),
    changeMaster: () => {
      store.changeMaster();
      return Promise.resolve();
    },
    listWithoutExpiry: () => Promise.resolve([]),
    close: () => store.close(),
  });
};

/**
 * Worlds in one Redis, one after the other: each begins with an empty one.
 * @param replicas that must have what is acknowledged; 0 goes the same way and waits for none
 */
export const redisWorlds =
  (connect: () => Redis | Cluster, replicas?: number): WorldFactory =>
  async (settings: WorldSettings): Promise<StoreWorld> => {
    const client = connect();
    const mastersOf = async (): Promise<Redis[]> => {
      await client.ping();
      return 'nodes' in client ? client.nodes('master') : [client];
    };
    for (const node of await mastersOf()) await node.flushall();
    const replication = replicas === undefined ? {} : { replication: { client, replicas, timeoutMs: 1_000 } };
    const open = (): RoomStore => new RedisRoomStore({ client, ...settings, ...replication });
    return {
      open,
      countStored: async () => (await allKeys(await mastersOf())).length,
      forgetScripts: async () => {
        for (const node of await mastersOf()) await node.script('FLUSH');
      },
      // A master can't be told to change its replid; for a room it is the same when it remembers another one.
      changeMaster: async () => {
        const replid = randomBytes(20).toString('hex');
        const keys = await allKeys(await mastersOf());
        const metas = keys.filter((key) => key.endsWith(':meta'));
        await Promise.all(metas.map((key) => client.hset(key, 'replid', replid)));
      },
      listWithoutExpiry: async () => {
        const keys = await allKeys(await mastersOf());
        const ends = await Promise.all(keys.map(async (key) => ({ key, ms: await client.pttl(key) })));
        return ends.filter(({ ms }) => ms === -1).map(({ key }) => key);
      },
      close: async () => {
        await client.quit();
      },
    };
  };

async function allKeys(nodes: readonly Redis[]): Promise<string[]> {
  return (await Promise.all(nodes.map((node) => node.keys('*')))).flat();
}
