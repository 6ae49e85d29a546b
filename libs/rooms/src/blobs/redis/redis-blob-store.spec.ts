import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { blobStoreConformance, redisBlobWorlds } from '@bytechat/testing/rooms';
import * as jest from '@jest/globals';
import { Redis } from 'ioredis';

let server: RedisProcess;

jest.beforeAll(async () => {
  server = await startRedis();
});

jest.afterAll(async () => {
  await server.stop();
});

blobStoreConformance(
  'the files in one Redis',
  redisBlobWorlds(() => new Redis(server.url)),
  jest,
);
