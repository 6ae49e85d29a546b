import { randomBytes } from 'node:crypto';
import { startRedisCluster, type RedisClusterProcesses } from '@bytechat/testing/redis';
import {
  blobStoreConformance,
  redisBlobWorlds,
  redisWorlds,
  roomStoreConformance,
} from '@bytechat/testing/rooms';
import * as jest from '@jest/globals';
import { Cluster, Redis } from 'ioredis';
import { roomKeys } from './keys.ts';
import { slotOf } from './key-slot.ts';

let cluster: RedisClusterProcesses;

jest.beforeAll(async () => {
  cluster = await startRedisCluster();
}, 30_000);

jest.afterAll(async () => {
  await cluster.stop();
});

roomStoreConformance(
  'the store on a Redis Cluster of three masters',
  redisWorlds(() => new Cluster([...cluster.startupNodes]), 0),
  jest,
);

blobStoreConformance(
  'the files in a Redis Cluster of three masters',
  redisBlobWorlds(() => new Cluster([...cluster.startupNodes])),
  jest,
);

jest.test('the slot of a key is what Redis says it is', async () => {
  const { port, host } = cluster.startupNodes[0]!;
  const client = new Redis(port, host);
  for (let i = 0; i < 200; i += 1) {
    const [key = ''] = roomKeys(new Uint8Array(randomBytes(16)));
    jest.expect(slotOf(key)).toBe(await client.cluster('KEYSLOT', key));
  }
  await client.quit();
});
