import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, startRedisCluster, type RedisProcess } from '@bytechat/testing/redis';
import type { RedisLocation } from '@bytechat/config';
import type { Gateway } from './gateway.ts';
import { Harness } from './testing/harness.ts';
import { keyUpdate, newPerson, newRoom, random, type TestRoom } from './testing/person.ts';
import {
  accepted,
  commit,
  createRequest,
  found,
  foundRequest,
  joinRequest,
  knock,
  letIn,
  message,
  resumeRequest,
  sendRequest,
} from './testing/story.ts';
import { PRESENT, type TestClient } from './testing/test-client.ts';

/** Two gateways that share nothing but Redis. */

const at = ({ url }: RedisProcess): RedisLocation => ({ kind: 'standalone', url });

let redis: RedisProcess;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const secretKey = random(32);
const harness = new Harness();
let one: Gateway;
let two: Gateway;
let room: TestRoom;

const pod = (): Promise<Gateway> =>
  harness.gateway(
    { redis: at(redis), secretKey },
    { timings: { heartbeatMs: 200, beaconMs: 200, storePingMs: 50 } },
  );

beforeEach(async () => {
  [one, two] = await Promise.all([pod(), pod()]);
  room = newRoom();
});
afterEach(() => harness.end());

describe('people on different pods', () => {
  let anna: TestClient;
  let ben: TestClient;

  beforeEach(async () => {
    anna = await harness.client(one);
    ben = await harness.client(two);
    await found(anna, room);
  });

  test('meet: the knock, the welcome and the roster cross over', async () => {
    const person = await knock(ben, room);
    expect(await anna.next('user_joined')).toEqual({ kind: 'pending', kp: person.kp });
    accepted(await commit(anna, { epoch: 0, adds: [{ person, idx: 1 }] }));
    expect(await ben.next('session_key_received')).toMatchObject({
      kind: 'welcome',
      idx: 1,
      kph: person.kph,
    });
    expect(await anna.next('user_joined')).toMatchObject({ kind: 'joined', idx: 1 });
  });

  test('talk both ways, byte for byte and in one order', async () => {
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const hello = random(298);
    hello.set([1, 0, 2, 0x20, 0, 0, 0, 1], 0);
    accepted(await anna.emit('send_message', sendRequest(1, PRESENT, hello)));
    const heard = await message(ben);
    expect(Uint8Array.from(heard.env)).toEqual(hello);
    const answer = accepted(await ben.emit('send_message', sendRequest(1)));
    expect((await message(anna)).seq).toBe(answer['seq']);
    expect(answer['seq']).toBe(heard.seq + 1);
  });

  test('a rekey reaches each with its own wrap, read by its own pod', async () => {
    const cleo = await harness.client(two);
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    await letIn(anna, cleo, room, { epoch: 1, idx: 2 });
    await ben.next('session_key_received', ({ kind }) => kind === 'commit');
    accepted(await commit(anna, { epoch: 2, removes: [], adds: [], wrapsFor: [1, 2] }));
    const [forBen, forCleo] = await Promise.all(
      [ben, cleo].map((client) =>
        client.next('session_key_received', (news) => news.kind === 'commit' && news.epoch === 3),
      ),
    );
    expect(forBen).toMatchObject({ kind: 'commit', wrap: { wrap: expect.any(Uint8Array) } });
    expect(forCleo).toMatchObject({ kind: 'commit', wrap: { wrap: expect.any(Uint8Array) } });
    expect(forBen).not.toEqual(forCleo);
  });

  test('claim 12: who is kicked is told so by its own pod after the commit, and closed; the old link leads nowhere', async () => {
    const victim = await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const waiting = await harness.client(two);
    await knock(waiting, room);
    await ben.emit('nothing', {});
    while (ben.count('session_key_received') > 0) await ben.next('session_key_received');
    const next = newRoom();
    const kick = { epoch: 1, removes: [{ idx: 1, reason: 'kick' as const }], wrapsFor: [], rotate: next };
    accepted(await commit(anna, kick));
    await Promise.all([ben.gone(), waiting.gone()]);
    const told = ben.order().filter((event) => event !== 'room_head');
    expect(told.slice(told.indexOf('session_key_received'))).toEqual([
      'session_key_received',
      'user_left',
      'server_notice',
    ]);
    expect(await ben.next('user_left')).toMatchObject({ kind: 'removed', idx: 1, reason: 'kick' });
    expect(await ben.next('server_notice')).toEqual({ code: 'KICKED' });
    for (const gateway of [one, two]) {
      const back = await harness.client(gateway);
      const attempts = [joinRequest(room, victim), resumeRequest(back, room, victim), createRequest(room)];
      const codes: string[] = [];
      for (const attempt of attempts) {
        const answer = await back.emit('join_room', attempt);
        codes.push(answer.ok ? 'ok' : answer.error.code);
      }
      expect(codes).toEqual(['ERR_ROOM_NOT_FOUND', 'ERR_NOT_MEMBER', 'ERR_ROOM_EXISTS']);
    }
    const newcomer = await harness.client(two);
    await letIn(anna, newcomer, next, { epoch: 2, idx: 1 });
    accepted(await anna.emit('send_message', sendRequest(3)));
    expect(await message(newcomer)).toMatchObject({ seq: 4 });
  });

  test('a complaint about a commit reaches the others as it was sent, and too many are refused', async () => {
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const bytes = random(200);
    accepted(await ben.emit('share_session_key', { kind: 'nack', bytes }));
    const heard = await anna.next('session_key_received', ({ kind }) => kind === 'nack');
    expect(heard.kind === 'nack' && Uint8Array.from(heard.bytes)).toEqual(bytes);
    for (let i = 0; i < 2; i++)
      accepted(await ben.emit('share_session_key', { kind: 'nack', bytes: random(200) }));
    expect(await ben.emit('share_session_key', { kind: 'nack', bytes })).toMatchObject({
      error: { code: 'ERR_RATE' },
    });
    expect(ben.count('session_key_received')).toBe(0);
  });

  test('a key update is there for whoever commits next, wherever it is', async () => {
    const gid = random(32);
    const there = newRoom();
    const cleo = await harness.client(one);
    accepted(await cleo.emit('join_room', createRequest(there)));
    accepted(await cleo.emit('share_session_key', { ...foundRequest(newPerson(there)), gid }));
    const dan = await harness.client(two);
    await letIn(cleo, dan, there, { epoch: 0, idx: 1 });
    const bytes = keyUpdate(gid, 1, 4);
    accepted(await dan.emit('share_session_key', { kind: 'ku', bytes }));
    const page = accepted(await cleo.emit('share_session_key', { kind: 'ku_get', from: 0 }));
    expect(page).toMatchObject({ more: false, updates: [{ idx: 1 }] });
    const [update] = page['updates'] as { bytes: Uint8Array }[];
    expect(Uint8Array.from(update!.bytes)).toEqual(bytes);
    const foreign = { kind: 'ku', bytes: keyUpdate(random(32), 1, 5) };
    expect(await dan.emit('share_session_key', foreign)).toMatchObject({ error: { code: 'ERR_FORMAT' } });
  });

  test('a room that a member begins anew is announced to all at once, and joined again by the same link', async () => {
    const person = await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const waiting = await harness.client(two);
    await knock(waiting, room);
    const founder = newPerson(room);
    const next = anna.generation + 1;
    const answer = accepted(await anna.emit('share_session_key', foundRequest(founder)));
    expect(answer).toMatchObject({ generation: next, seq: 0, epoch: 0, idx: 0 });
    expect(await ben.next('room_head', ({ generation }) => generation === next)).toEqual({
      generation: next,
      seq: 0,
    });
    await waiting.gone();
    expect(await ben.emit('send_message', sendRequest(1))).toMatchObject({
      error: { code: 'ERR_NOT_MEMBER' },
    });
    accepted(await ben.emit('join_room', joinRequest(room, person)));
    accepted(await commit(anna, { epoch: 0, adds: [{ person, idx: 1 }] }));
    await ben.next('session_key_received', (news) => news.kind === 'welcome' && news.generation === next);
    accepted(await anna.emit('send_message', sendRequest(1)));
    expect(await message(ben)).toMatchObject({ generation: next, seq: 2 });
    expect(anna.count('server_notice') + ben.count('server_notice')).toBe(0);
  });

  test('a leave is told over there at once, and once', async () => {
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    accepted(await ben.emit('leave_room', {}));
    expect(await anna.next('user_left')).toMatchObject({ kind: 'left', idx: 1 });
    for (let beats = 0; beats < 5; beats++) await anna.next('room_head');
    expect(anna.count('user_left')).toBe(0);
  });

  test('a connection that is replaced from another pod is told so and closed', async () => {
    const person = await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const back = await harness.client(one);
    accepted(await back.emit('join_room', resumeRequest(back, room, person)));
    expect(await ben.next('server_notice')).toEqual({ code: 'REPLACED' });
    await ben.gone();
    accepted(await anna.emit('send_message', sendRequest(1)));
    expect(await message(back)).toMatchObject({ generation: anna.generation });
  });

  test('who comes back is told who left meanwhile and who is away, wherever it comes back', async () => {
    const person = await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const [cleo, dan] = [await harness.client(two), await harness.client(two)];
    await letIn(anna, cleo, room, { epoch: 1, idx: 2 });
    await letIn(anna, dan, room, { epoch: 2, idx: 3 });
    ben.close();
    accepted(await cleo.emit('leave_room', {}));
    await anna.next('user_left');
    for (const pod of [one, two]) {
      const back = await harness.client(pod);
      accepted(await back.emit('join_room', resumeRequest(back, room, person)));
      expect(await back.next('user_left')).toMatchObject({ kind: 'left', idx: 2, reason: 'left' });
    }
    expect(dan.count('user_left')).toBe(1);
  });

  test('a signal crosses over', async () => {
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const bytes = random(96);
    accepted(await anna.emit('signal', { bytes }));
    const heard = await ben.next('signal');
    expect({ ...heard, bytes: Uint8Array.from(heard.bytes) }).toEqual({ idx: 0, bytes });
  });

  test('nothing crosses into another room', async () => {
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const stranger = await harness.client(two);
    await found(stranger, newRoom());
    accepted(await anna.emit('send_message', sendRequest(1)));
    await message(ben);
    accepted(await stranger.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }));
    expect(stranger.count('new_message')).toBe(0);
  });
});

test('after a restart of Redis a member asks from where it is, and goes on in the next generation', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'bytechat-redis-'));
  const first = await startRedis({ directory, appendOnly: true });
  const options = { timings: { heartbeatMs: 200, beaconMs: 100, storePingMs: 50 } };
  const [anna, ben] = await Promise.all(
    [1, 2].map(async () => harness.client(await harness.gateway({ redis: at(first), secretKey }, options))),
  );
  await found(anna!, room);
  await letIn(anna!, ben!, room, { epoch: 0, idx: 1 });
  accepted(await anna!.emit('send_message', sendRequest(1)));
  await message(ben!);
  await first.kill();
  const second = await startRedis({ directory, appendOnly: true, port: first.port });
  const { generation } = anna!;
  const heads = await Promise.all(
    [anna!, ben!].map((each) => each.next('room_head', (head) => head.generation > generation)),
  );
  const current = heads[0]!.generation;
  expect(heads[1]!.generation).toBe(current);

  const stale = { error: { code: 'ERR_GENERATION', current } };
  expect(await anna!.emit('send_message', sendRequest(1))).toMatchObject(stale);
  const rekey = { epoch: 1, wrapsFor: [1] };
  expect(await commit(anna!, rekey)).toMatchObject(stale);
  const ahead = accepted(await ben!.emit('sync_room', { from: { generation, seq: 3 } }));
  expect(ahead).toMatchObject({ recovered: false });
  const page = accepted(await anna!.emit('sync_room', { from: { generation, seq: 1 } }));
  expect(page).toMatchObject({
    ...{ recovered: true, head: { generation: current, seq: 2, epoch: 1 }, base: { generation, seq: 2 } },
    items: [{ kind: 'message', seq: 2 }],
  });
  expect(accepted(await commit(anna!, rekey))).toMatchObject({ generation: current, seq: 3, epoch: 2 });
  const hint = await ben!.next('session_key_received', (news) => news.kind === 'commit');
  expect(hint).toMatchObject({ generation: current, epoch: 2, wrap: { wrap: expect.any(Uint8Array) } });
  accepted(await anna!.emit('send_message', sendRequest(2)));
  expect(await message(ben!)).toMatchObject({ generation: current, seq: 4 });
  await harness.end();
  await second.stop();
  await rm(directory, { recursive: true });
}, 60_000);

describe('allowances', () => {
  test('of an address are one, whichever pod it asks', async () => {
    const limits = { redis: at(redis), secretKey, joinsPerMinute: 2 };
    const headers = { 'X-Forwarded-For': '203.0.113.77' };
    const pods = await Promise.all(
      [1, 2].map(() => harness.gateway({ ...limits, trustedProxies: ['127.0.0.1'] })),
    );
    const clients = await Promise.all(pods.map((each) => harness.client(each, { headers })));
    for (const client of clients) accepted(await client.emit('join_room', createRequest(newRoom())));
    for (const client of clients)
      expect(await client.emit('join_room', createRequest(newRoom()))).toMatchObject({
        error: { code: 'ERR_RATE' },
      });
  });

  test('a wrong gate counts on both pods', async () => {
    const anna = await harness.client(one);
    await found(anna, room);
    const guesser = [await harness.client(one), await harness.client(two)];
    const codes: string[] = [];
    for (let guess = 0; guess < 12; guess++) {
      const answer = await guesser[guess % 2]!.emit(
        'join_room',
        joinRequest({ rid: room.rid, gate: random(32) }, newPerson(room)),
      );
      codes.push(answer.ok ? 'ok' : answer.error.code);
    }
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'ERR_GATE'));
    expect(codes[11]).not.toBe('ERR_GATE');
  });
});

describe('when Redis dies', () => {
  test('sockets stay, events are told ERR_BUSY, the pod is not ready, and it all comes back', async () => {
    const own = await startRedis();
    const gateway = await harness.gateway(
      { redis: at(own), secretKey },
      { timings: { storePingMs: 50, heartbeatMs: 60_000 } },
    );
    const client = await harness.client(gateway);
    await found(client, room);
    await own.kill();
    expect(await client.emit('send_message', sendRequest(0))).toMatchObject({ error: { code: 'ERR_BUSY' } });
    const until = async (status: number): Promise<void> => {
      const readyz = `http://127.0.0.1:${gateway.internalPort}/readyz`;
      while ((await fetch(readyz)).status !== status);
    };
    await until(503);
    expect(client.socket.connected).toBe(true);
    const again = await startRedis({ port: own.port });
    await until(200);
    accepted(await client.emit('join_room', createRequest(newRoom())));
    await Promise.all([own.stop(), again.stop()]);
  });
});

test('a cluster of three masters carries the same story', async () => {
  const cluster = await startRedisCluster();
  const nodes = cluster.startupNodes.map(({ host, port }) => `redis://${host}:${port}`);
  const config = { redis: { kind: 'cluster', nodes }, secretKey } as const;
  const [anna, ben] = await Promise.all(
    [1, 2].map(async () => harness.client(await harness.gateway(config))),
  );
  await found(anna!, room);
  await letIn(anna!, ben!, room, { epoch: 0, idx: 1 });
  accepted(await anna!.emit('send_message', sendRequest(1)));
  expect(await message(ben!)).toMatchObject({ seq: 2 });
  accepted(await ben!.emit('send_message', sendRequest(1)));
  expect(await message(anna!)).toMatchObject({ seq: 3 });
  await harness.end();
  await cluster.stop();
}, 60_000);
