import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { codeOf, redisBlobWorlds, Scene, TestFile, type BlobWorld } from '@bytechat/testing/rooms';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { DEFAULT_STORE_LIMITS } from '../../store-settings.ts';

/** What files do to the memory that they share with messages. */

const MIB = 1024 * 1024;
const CHUNK = 32 * 1024 + 16;

let server: RedisProcess;
let client: Redis;
let world: BlobWorld;

beforeEach(async () => {
  server = await startRedis();
  client = new Redis(server.url);
  const blobLimits = { maxFileBytes: 5 * MIB, maxRoomBytes: 100 * MIB, maxAddressBytes: 100 * MIB };
  world = await redisBlobWorlds(() => new Redis(server.url))({ limits: DEFAULT_STORE_LIMITS, blobLimits });
});

afterEach(async () => {
  await world.close();
  client.disconnect();
  await server.stop();
});

const memoryUsed = async (): Promise<number> =>
  Number(/used_memory:(\d+)/.exec(await client.info('memory'))![1]);

test('a new file is refused when it would take more than three quarters of the memory, and messages go on', async () => {
  const scene = new Scene();
  const founder = await scene.open(world.rooms);
  const limit = (await memoryUsed()) + 8 * MIB;
  await client.config('SET', 'maxmemory', String(limit));
  expect(await codeOf(new TestFile(scene, 8 * MIB).put(world.open(), founder, 0))).toBe('ERR_BLOB_FULL');
  await new TestFile(scene, 2 * CHUNK).putAll(world.open(), founder);
  await world.rooms.append(scene.message(founder));
});

test('a Redis at its limit refuses the next chunk with a clear answer, and keeps what it has', async () => {
  const scene = new Scene();
  const founder = await scene.open(world.rooms);
  const file = new TestFile(scene, 3 * CHUNK);
  await file.put(world.open(), founder, 0);
  await client.config('SET', 'maxmemory', '1mb');
  expect(await codeOf(file.put(world.open(), founder, 1))).toBe('ERR_BLOB_FULL');
  await client.config('SET', 'maxmemory', '0');
  expect(await file.get(world.open(), founder, 0)).toEqual(file.chunk(0));
  expect(await file.put(world.open(), founder, 1)).toEqual({ missing: 2 });
});

test('every key of a file ends by itself, with its room at the latest', async () => {
  const scene = new Scene({ ttl_s: 86_400 });
  const founder = await scene.open(world.rooms);
  await new TestFile(scene, 2 * CHUNK).putAll(world.open(), founder);
  await world.rooms.heartbeat(scene.rid, [{ mid: founder.mid, connection: founder.connection, acted: true }]);
  const keys = await client.keys('*blob*');
  expect(keys).toHaveLength(3);
  for (const key of keys.filter((name) => name.includes('blob:'))) {
    const ms = await client.pttl(key);
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThanOrEqual(320_000);
  }
  expect(await client.pttl(keys.find((name) => name.includes('{aa}'))!)).toBeGreaterThan(0);
});
