import { MemoryBlobStore, MemoryRoomStore, RedisBlobStore, RedisRoomStore } from '@bytechat/rooms';
import type { Cluster, Redis } from 'ioredis';
import type { BlobWorldFactory } from './blob-conformance.ts';

/** One process, one store: what stands for another pod is the same store. */
export const memoryBlobWorld: BlobWorldFactory = async ({ blobLimits, ...settings }) => {
  const rooms = new MemoryRoomStore(settings);
  const blobs = new MemoryBlobStore({ ...settings, rooms, limits: blobLimits });
  return Promise.resolve({
    rooms,
    open: () => blobs,
    countChunks: async () => {
      await rooms.sweep();
      return rooms.blobChunks();
    },
    close: () => rooms.close(),
  });
};

/** Worlds in one Redis, one after the other: each begins with an empty one. */
export const redisBlobWorlds =
  (connect: () => Redis | Cluster): BlobWorldFactory =>
  async (settings) => {
    const client = connect();
    await client.ping();
    const masters = 'nodes' in client ? client.nodes('master') : [client];
    for (const node of masters) await node.flushall();
    return {
      rooms: new RedisRoomStore({ client, ...settings }),
      open: () => new RedisBlobStore({ client, ...settings }),
      countChunks: async () => {
        const keys = (await Promise.all(masters.map((node) => node.keys('*:blob:*')))).flat();
        const sizes = await Promise.all(keys.map((key) => client.hlen(key)));
        return sizes.reduce((sum, size) => sum + size, 0);
      },
      close: async () => {
        await client.quit();
      },
    };
  };
