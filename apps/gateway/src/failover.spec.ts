import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RedisLocation } from '@bytechat/config';
import { freePort, startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { Redis } from 'ioredis';
import type { Gateway } from './gateway.ts';
import { Harness } from './testing/harness.ts';
import { envelope, newRoom, random } from './testing/person.ts';
import { MASTER_NAME, startSentinel } from './testing/redis-sentinel.ts';
import { accepted, found, letIn } from './testing/story.ts';
import { PRESENT, type TestClient } from './testing/test-client.ts';

/**
 * A master with two replicas and three sentinels, and people who talk all the while (RELIABILITY R5, R6). Gateways come as
 * a user of their own, so that a master can be cut off from everything but them.
 */

const SENTINELS = 3;
const DOWN_AFTER_MS = 3_000;
/** What the product promises on a machine that isn't busy is 6 s and 8 s; other suites may run beside this one. */
const SILENCE_WITHIN_MS = 8_000 * 2;
/** A client waits for as long as it is told, which is longer. */
const RETRY_MS = 50;

let harness: Harness;
let endings: (() => Promise<unknown>)[];
let servers: RedisProcess[];
let master: Redis;
let gateways: Gateway[];
let people: TestClient[];

beforeEach(async () => {
  harness = new Harness();
  endings = [];
  servers = await Promise.all(
    [0, 1, 2].map(() => startRedis({ settings: { 'repl-diskless-sync-delay': '0' } })),
  );
  const admins = servers.map(({ url }) => new Redis(url, { retryStrategy: () => null }));
  for (const admin of admins) {
    admin.on('error', () => undefined);
    await admin.call('ACL', 'SETUSER', 'chat', 'on', '>secret', '~*', '&*', '+@all');
  }
  master = admins[0]!;
  await Promise.all(admins.slice(1).map((admin) => admin.replicaof('127.0.0.1', servers[0]!.port)));
  await master.set('marker', 'written', 'EX', 60);
  while ((await master.wait(2, 1_000)) < 2);
  const ports = await Promise.all(Array.from({ length: SENTINELS }, freePort));
  const options = { quorum: 2, downAfterMs: DOWN_AFTER_MS, replicas: 2 };
  const sentinels = await Promise.all(ports.map((port) => startSentinel(port, servers[0]!.port, options)));
  await Promise.all(ports.map(untilAllKnowEachOther));
  endings = [
    () => harness.end(),
    async () => admins.forEach((admin) => admin.disconnect()),
    ...sentinels.map((sentinel) => () => sentinel.stop()),
    ...servers.map((server) => () => server.stop()),
  ];
  const location: RedisLocation = {
    kind: 'sentinel',
    sentinels: ports.map((port) => ({ host: '127.0.0.1', port })),
    name: MASTER_NAME,
    username: 'chat',
    password: 'secret',
    sentinelPassword: undefined,
    db: 0,
  };
  const config = { redis: location, redisReplicas: 1, secretKey: random(32), messageBurst: 1_000 };
  gateways = [await harness.gateway(config), await harness.gateway(config)];
  const room = newRoom();
  people = [await harness.client(gateways[0]!), await harness.client(gateways[1]!)];
  await found(people[0]!, room);
  await letIn(people[0]!, people[1]!, room, { epoch: 0, idx: 1 });
}, 60_000);

afterEach(async () => {
  for (const end of endings) await end();
}, 30_000);

async function untilAllKnowEachOther(port: number): Promise<void> {
  const sentinel = new Redis(port, '127.0.0.1');
  while (((await sentinel.call('SENTINEL', 'SENTINELS', MASTER_NAME)) as unknown[]).length < SENTINELS - 1)
    await delay(RETRY_MS);
  sentinel.disconnect();
}

interface Talk {
  /** What was acknowledged, by the id that it was sent with, in order. */
  acknowledged: { env: string; generation: number; seq: number }[];
  /** The longest time between two acknowledgements, in ms. */
  silenceMs: number;
  end: boolean;
}

/** Sends one message after the other, each until it is taken, as a client does. */
async function talk(client: TestClient, talking: Talk): Promise<void> {
  let last = performance.now();
  while (!talking.end) {
    const request = { cid: random(16), env: envelope(1) };
    let { generation } = client;
    for (;;) {
      const answer = await client.emit('send_message', { ...request, generation });
      if (answer.ok) {
        const place = { generation: Number(answer['generation']), seq: Number(answer['seq']) };
        talking.acknowledged.push({ env: Buffer.from(request.env).toString('hex'), ...place });
        break;
      }
      expect(['ERR_BUSY', 'ERR_INDETERMINATE', 'ERR_GENERATION']).toContain(answer.error.code);
      generation = answer.error.current ?? generation;
      await delay(RETRY_MS);
    }
    const now = performance.now();
    talking.silenceMs = Math.max(talking.silenceMs, now - last);
    last = now;
  }
}

const newTalk = (): Talk => ({ acknowledged: [], silenceMs: 0, end: false });

async function untilSaid(talking: Talk, count: number): Promise<void> {
  const target = talking.acknowledged.length + count;
  while (talking.acknowledged.length < target) await delay(RETRY_MS);
}

/** Everything that is in the log, as this member reads it, page by page. */
async function log(client: TestClient): Promise<Map<number, string>> {
  const items = new Map<number, string>();
  for (let seq = 0; ;) {
    const page = accepted(await client.emit('sync_room', { from: { generation: PRESENT, seq } }));
    expect(page).toMatchObject({ recovered: true });
    for (const item of page['items'] as { seq: number; env?: Uint8Array }[]) {
      if (item.env !== undefined) items.set(item.seq, Buffer.from(item.env).toString('hex'));
      seq = item.seq;
    }
    if (page['more'] !== true) return items;
  }
}

/** Lets both talk while it happens, and compares what they were told with what is there. */
async function nothingIsLostWhile(happens: () => Promise<unknown>): Promise<void> {
  const talks = people.map(newTalk);
  const said = people.map((client, i) => talk(client, talks[i]!));
  await Promise.all(talks.map((talking) => untilSaid(talking, 30)));
  const generation = talks[0]!.acknowledged[0]!.generation;
  await happens();
  const hasMoved = ({ acknowledged }: Talk): boolean => acknowledged.at(-1)!.generation > generation;
  while (!talks.every(hasMoved)) await delay(RETRY_MS);
  await Promise.all(talks.map((talking) => untilSaid(talking, 30)));
  for (const talking of talks) talking.end = true;
  await Promise.all(said);
  const all = talks.flatMap(({ acknowledged }) => acknowledged);
  for (const client of people) {
    const there = await log(client);
    // The oldest leave the log when there are more than 512.
    const oldest = Math.min(...there.keys());
    expect(all.filter(({ seq, env }) => seq >= oldest && there.get(seq) !== env)).toEqual([]);
    expect(new Set(there.values()).size).toBe(there.size);
  }
  expect(new Set(all.map(({ seq }) => seq)).size).toBe(all.length);
  for (const { silenceMs } of talks) expect(silenceMs).toBeLessThan(SILENCE_WITHIN_MS);
}

test('a master that is killed takes nothing with it that was acknowledged, and no place is given twice', async () => {
  await nothingIsLostWhile(() => servers[0]!.kill());
}, 60_000);

test('a master that only gateways still reach acknowledges nothing that another one doesn’t know', async () => {
  await nothingIsLostWhile(async () => {
    // Sentinels and replicas come as the default user: for them this master is gone, for the gateways it is not.
    await master.call('ACL', 'SETUSER', 'default', 'off');
    await master.call('CLIENT', 'KILL', 'USER', 'default', 'SKIPME', 'yes');
  });
  // It still serves whoever may come in.
  const witness = new Redis(servers[0]!.url.replace('redis://', 'redis://chat:secret@'));
  expect(await witness.ping()).toBe('PONG');
  witness.disconnect();
}, 60_000);
