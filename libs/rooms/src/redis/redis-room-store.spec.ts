import { redisWorlds, roomStoreConformance, startRedis, type RedisProcess } from '@bytechat/testing';
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
