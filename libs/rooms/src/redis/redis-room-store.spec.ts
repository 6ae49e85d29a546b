import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { redisWorlds, roomStoreConformance } from '@bytechat/testing/rooms';
import * as jest from '@jest/globals';
import { Redis } from 'ioredis';

let server: RedisProcess;

jest.beforeAll(async () => {
  server = await startRedis();
});

jest.afterAll(async () => {
  await server.stop();
});

roomStoreConformance(
  'the store on one Redis',
  redisWorlds(() => new Redis(server.url)),
  jest,
);
