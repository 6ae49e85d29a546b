import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { Redis } from 'ioredis';
import { quietSubscriber } from './quiet-subscriber.ts';

let redis: RedisProcess;
let connection: Redis;
const refused: string[] = [];

beforeAll(async () => {
  redis = await startRedis();
  connection = new Redis(redis.url);
  connection.on('error', () => undefined);
  await connection.call('ACL', 'SETUSER', 'default', 'resetchannels', '&allowed');
});
afterAll(async () => {
  connection.disconnect();
  await redis.stop();
});

test('a user of Redis who may not listen is told of, and nothing is thrown', async () => {
  const subscriber = quietSubscriber(connection, ({ name }) => refused.push(name));
  await subscriber.psubscribe('forbidden*');
  expect(refused).toEqual(['ReplyError']);
});

test('a connection that ends meanwhile is no refusal', async () => {
  const before = refused.length;
  const subscriber = quietSubscriber(connection, ({ name }) => refused.push(name));
  const asked = subscriber.subscribe('allowed');
  connection.disconnect();
  await asked;
  expect(refused).toHaveLength(before);
});
