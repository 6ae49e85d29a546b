import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { Redis } from 'ioredis';
import { Harness } from './testing/harness.ts';
import { newRoom, random } from './testing/person.ts';
import { accepted, commit, found, letIn, message, resumeRequest, sendRequest } from './testing/story.ts';
import { PRESENT } from './testing/test-client.ts';
import { tellWholeStory } from './testing/whole-story.ts';

/** The Redis user that the guide gives the gateways (RELIABILITY S18). */

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The rules as they stand in the guide, in one line. */
const [, RULES = ''] =
  /```\nuser bytechat on #<[^>]*> ([^`]+)```/.exec(read('../../../docs/OPERATIONS.md')) ?? [];
const rules = RULES.trim().split(/\s+/);

let redis: RedisProcess;
let admin: Redis;
const harness = new Harness();
const url = (): string => redis.url.replace('redis://', 'redis://bytechat:secret@');

beforeAll(async () => {
  redis = await startRedis();
  admin = new Redis(redis.url);
  await admin.call('ACL', 'SETUSER', 'bytechat', 'on', '>secret', ...rules);
});
afterEach(() => harness.end());
afterAll(async () => {
  await admin.quit();
  await redis.stop();
});

test('is enough for everything that people do, on two pods, and for what pods do by themselves', async () => {
  const redisReplicas = 0;
  const shared = { redis: { kind: 'standalone', url: url() }, redisReplicas, secretKey: random(32) } as const;
  const timings = { heartbeatMs: 50, beaconMs: 50, storePingMs: 50 };
  const options = { ...shared, trustedProxies: ['127.0.0.1'], roomCleanupIntervalSeconds: 0.05 };
  const [one, two] = [
    await harness.gateway(options, { timings }),
    await harness.gateway(options, { timings }),
  ];
  await tellWholeStory(harness, one);
  const room = newRoom();
  const [anna, ben, back] = [await harness.client(one), await harness.client(two), await harness.client(one)];
  await found(anna, room);
  const person = await letIn(anna, ben, room, { epoch: 0, idx: 1 });
  accepted(await anna.emit('send_message', sendRequest(1)));
  await message(ben);
  accepted(await anna.emit('signal', { bytes: random(96) }));
  await ben.next('signal');
  accepted(await commit(anna, { epoch: 1, wrapsFor: [1], rotate: newRoom() }));
  await ben.next('session_key_received', ({ kind }) => kind === 'commit');
  accepted(await back.emit('join_room', resumeRequest(back, room, person)));
  expect(await ben.next('server_notice')).toEqual({ code: 'REPLACED' });
  expect(accepted(await back.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }))).toMatchObject({
    recovered: true,
  });
  await anna.next('room_head');
  await harness.logged('Swept the room store.');
  expect(harness.logLines.filter((line) => /NOPERM|could not/.test(line))).toEqual([]);
}, 30_000);

test('has every command that a script calls', () => {
  const root = new URL('../../../libs/rooms/src/', import.meta.url);
  const scripts = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.lua'),
  );
  const called = scripts.flatMap((path) =>
    [...readFileSync(new URL(path, root), 'utf8').matchAll(/redis\.call\(\s*'(\w+)'/g)].map(
      ([, name]) => name,
    ),
  );
  expect(called.length).toBeGreaterThan(100);
  expect([...new Set(called)].filter((name) => !rules.includes(`+${String(name).toLowerCase()}`))).toEqual(
    [],
  );
});

describe('is refused', () => {
  test.each([
    [['FLUSHALL']],
    [['FLUSHDB']],
    [['KEYS', '*']],
    [['CONFIG', 'GET', '*']],
    [['CONFIG', 'SET', 'maxmemory', '1']],
    [['MONITOR']],
    [['SCRIPT', 'FLUSH']],
    [['FUNCTION', 'LIST']],
    [['ACL', 'LIST']],
    [['CLIENT', 'LIST']],
    [['CLIENT', 'KILL', 'TYPE', 'normal']],
    [['REPLICAOF', 'NO', 'ONE']],
    [['SHUTDOWN']],
    [['SAVE']],
    [['DUMP', 'bc:x']],
    [['GET', 'of another application']],
    [['EVAL', "return redis.call('GET', 'of another application')", '0']],
    [['EVAL', "return redis.call('KEYS', '*')", '0']],
    [['PUBLISH', 'of another application', 'x']],
    [['SUBSCRIBE', 'of another application']],
  ])('%j', async ([command = '', ...args]) => {
    const user = new Redis(url(), { enableReadyCheck: false });
    await expect(user.call(command, ...args)).rejects.toThrow(/NOPERM|can't (access|run)/);
    user.disconnect();
  });
});
