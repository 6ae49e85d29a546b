import { startRedisCluster, type RedisClusterProcesses } from '@bytechat/testing/redis';
import {
  blobStoreConformance,
  redisBlobWorlds,
  redisWorlds,
  roomStoreConformance,
} from '@bytechat/testing/rooms';
import * as jest from '@jest/globals';
import { Cluster } from 'ioredis';

let cluster: RedisClusterProcesses;

jest.beforeAll(async () => {
  cluster = await startRedisCluster();
}, 30_000);

jest.afterAll(async () => {
  await cluster.stop();
});

roomStoreConformance(
  'the store on a Redis Cluster of three masters',
  redisWorlds(() => new Cluster([...cluster.startupNodes])),
  jest,
);

blobStoreConformance(
  'the files in a Redis Cluster of three masters',
  redisBlobWorlds(() => new Cluster([...cluster.startupNodes])),
  jest,
);
