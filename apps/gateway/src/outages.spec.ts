import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort, startRedis, type RedisProcess } from '@bytechat/testing';
import { Redis } from 'ioredis';
import type { Gateway } from './gateway.ts';
import { Harness } from './testing/harness.ts';
import { newRoom, random } from './testing/person.ts';
import { MASTER_NAME, startSentinel } from './testing/redis-sentinel.ts';
import { scrape, untilCounted } from './testing/scrape.ts';
import { accepted, createRequest, found, letIn, message, sendRequest } from './testing/story.ts';
import { PRESENT, type Answer, type TestClient } from './testing/test-client.ts';

/** Redis freezes, dies, comes back or moves, as it does (RELIABILITY R4, R15, F10, F15). */

let harness: Harness;
const endings: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  harness = new Harness();
});
afterEach(async () => {
  await harness.end();
  for (const end of endings.splice(0).reverse()) await end();
});

/** The figures are promises of the product on a machine that isn't busy; other suites may run beside this one. */
const PATIENCE = 2;
const READY_TURNS_WITHIN_MS = 3_000 * PATIENCE;
const RECOVERS_WITHIN_MS = 2_000 * PATIENCE;
const AT_ONCE_MS = 100 * PATIENCE;
const COMMAND_TIMEOUT_MS = 1_500;

const codeOf = (answer: Answer): string => (answer.ok ? 'ok' : answer.error.code);
const since = (start: number): number => performance.now() - start;

async function untilReadyz(gateway: Gateway, status: number): Promise<void> {
  const url = `http://127.0.0.1:${gateway.internalPort}/readyz`;
  while ((await fetch(url)).status !== status);
}

/** Between two tries: a client would wait for as long as it is told, which is longer. */
const RETRY_MS = 50;

/** What a client does: the same message with the same id until it is taken, in the generation that the room is in. */
async function sendUntilTaken(client: TestClient, request: object): Promise<void> {
  let { generation } = client;
  for (;;) {
    const answer = await client.emit('send_message', { ...request, generation });
    if (answer.ok) return;
    expect(['ERR_BUSY', 'ERR_GENERATION']).toContain(answer.error.code);
    generation = answer.error.current ?? generation;
    if (answer.error.code === 'ERR_BUSY') expect(answer.error.retryAfterMs).toBeGreaterThan(0);
    await delay(RETRY_MS);
  }
}

/** A member in a room of two, with as many acknowledged messages. */
async function talk(gateway: Gateway, messages: number): Promise<{ anna: TestClient; ben: TestClient }> {
  const room = newRoom();
  const anna = await harness.client(gateway);
  const ben = await harness.client(gateway);
  await found(anna, room);
  await letIn(anna, ben, room, { epoch: 0, idx: 1 });
  for (let i = 0; i < messages; i++) accepted(await anna.emit('send_message', sendRequest(1)));
  for (let i = 0; i < messages; i++) await message(ben);
  return { anna, ben };
}

async function storedMessages(client: TestClient): Promise<number> {
  const page = accepted(await client.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }));
  expect(page).toMatchObject({ recovered: true, more: false });
  return (page['items'] as { kind: string }[]).filter(({ kind }) => kind === 'message').length;
}

const pod = ({ url }: RedisProcess): Promise<Gateway> =>
  harness.gateway({ redis: { kind: 'standalone', url }, secretKey: random(32), messageBurst: 1_000 });

describe('Redis is killed and comes back with its file', () => {
  test('nothing acknowledged is lost, nothing is stored twice, and people are told to wait meanwhile', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'bytechat-outage-'));
    endings.push(() => rm(directory, { recursive: true, force: true }));
    const before = await startRedis({ appendOnly: true, directory });
    const gateway = await pod(before);
    const { anna, ben } = await talk(gateway, 20);

    await before.kill();
    const killedAt = performance.now();
    const request = sendRequest(1);
    expect(codeOf(await anna.emit('send_message', request))).toBe('ERR_BUSY');
    await untilReadyz(gateway, 503);
    expect(since(killedAt)).toBeLessThan(READY_TURNS_WITHIN_MS);
    const askedAt = performance.now();
    expect(await anna.emit('send_message', request)).toMatchObject({ error: { code: 'ERR_BUSY' } });
    expect(since(askedAt)).toBeLessThan(AT_ONCE_MS);

    const after = await startRedis({ appendOnly: true, directory, port: before.port });
    endings.push(() => after.stop());
    const backAt = performance.now();
    await sendUntilTaken(anna, request);
    expect(since(backAt)).toBeLessThan(RECOVERS_WITHIN_MS);
    await message(ben);
    await untilReadyz(gateway, 200);
    expect(since(backAt)).toBeLessThan(READY_TURNS_WITHIN_MS);
    expect(await storedMessages(ben)).toBe(21);
    expect([anna, ben].map(({ socket }) => socket.connected)).toEqual([true, true]);
  });
});

describe('Redis freezes', () => {
  test('it costs one time-out, then people are told at once; after it thaws each message is there once', async () => {
    const redis = await startRedis();
    endings.push(() => redis.stop());
    const gateway = await pod(redis);
    const { anna, ben } = await talk(gateway, 1);

    process.kill(redis.pid, 'SIGSTOP');
    const frozenAt = performance.now();
    const requests = Array.from({ length: 5 }, () => sendRequest(1));
    const answers = await Promise.all(requests.map((request) => anna.emit('send_message', request)));
    expect(answers.map(codeOf)).toEqual(requests.map(() => 'ERR_BUSY'));
    expect(since(frozenAt)).toBeLessThan(COMMAND_TIMEOUT_MS * PATIENCE);
    const askedAt = performance.now();
    expect(await anna.emit('send_message', requests[0])).toMatchObject({
      error: { code: 'ERR_BUSY', retryAfterMs: expect.any(Number) },
    });
    expect(since(askedAt)).toBeLessThan(AT_ONCE_MS);
    await expect(harness.client(gateway)).rejects.toMatchObject({ data: { code: 'ERR_BUSY' } });
    await untilReadyz(gateway, 503);
    await untilCounted(gateway, 'bytechat_redis_up', (value) => value === 0);

    process.kill(redis.pid, 'SIGCONT');
    const thawedAt = performance.now();
    for (const request of requests) await sendUntilTaken(anna, request);
    expect(since(thawedAt)).toBeLessThan(RECOVERS_WITHIN_MS);
    await untilReadyz(gateway, 200);
    expect(await storedMessages(ben)).toBe(6);
    expect((await scrape(gateway)).value('bytechat_redis_up')).toBe(1);
    expect([anna, ben].map(({ socket }) => socket.connected)).toEqual([true, true]);
  });

  test('for so long that its connections are given up, and it is found again all the same', async () => {
    const redis = await startRedis();
    endings.push(() => redis.stop());
    const gateway = await pod(redis);
    const { anna } = await talk(gateway, 1);
    process.kill(redis.pid, 'SIGSTOP');
    await harness.logged('The rooms in Redis: out of reach.');
    process.kill(redis.pid, 'SIGCONT');
    await sendUntilTaken(anna, sendRequest(1));
    expect(await storedMessages(anna)).toBe(2);
  });
});

describe('a master that the sentinels replace', () => {
  test('is followed: what was replicated is there, and sending goes on over the open connections', async () => {
    const [master, replica] = await Promise.all([
      startRedis({ settings: { 'repl-diskless-sync-delay': '0' } }),
      startRedis(),
    ]);
    const [toMaster, toReplica] = [master, replica].map(
      ({ url }) => new Redis(url, { disconnectTimeout: 100 }),
    ) as [Redis, Redis];
    toMaster.on('error', () => undefined);
    await toReplica.replicaof('127.0.0.1', master.port);
    const replicated = async (): Promise<void> => {
      await toMaster.set('marker', 'written');
      while ((await toMaster.wait(1, 1_000)) < 1);
    };
    await replicated();
    const port = await freePort();
    const sentinel = await startSentinel(port, master.port);
    endings.push(async () => {
      toMaster.disconnect();
      toReplica.disconnect();
      await sentinel.stop();
      await Promise.all([master.stop(), replica.stop()]);
    });
    const none = { username: undefined, password: undefined, sentinelPassword: undefined, db: 0 };
    const sentinels = [{ host: '127.0.0.1', port }];
    const gateway = await harness.gateway({
      redis: { kind: 'sentinel', sentinels, name: MASTER_NAME, ...none },
      secretKey: random(32),
      messageBurst: 1_000,
    });
    const { anna, ben } = await talk(gateway, 3);
    await replicated();
    await master.kill();
    await sendUntilTaken(anna, sendRequest(1));
    await message(ben);
    expect(await storedMessages(ben)).toBe(4);
    accepted(await (await harness.client(gateway)).emit('join_room', createRequest(newRoom())));
    await untilReadyz(gateway, 200);
  }, 30_000);
});

test('a gateway ends in order while Redis is away, and leaves no promise behind that nobody handles', async () => {
  const redis = await startRedis();
  const gateway = await pod(redis);
  await talk(gateway, 1);
  await redis.kill();
  await harness.logged('The bus from the other pods: out of reach.');
  const unhandled: unknown[] = [];
  const keep = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', keep);
  await gateway.drain();
  await harness.end();
  await new Promise((resolve) => setImmediate(resolve));
  process.removeListener('unhandledRejection', keep);
  expect(unhandled).toEqual([]);
  await redis.stop();
});
