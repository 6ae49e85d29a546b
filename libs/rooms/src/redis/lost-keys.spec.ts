import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { codeOf, newInvite, newPerson, Scene, type Person } from '@bytechat/testing/rooms';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { Redis } from 'ioredis';
import type { AppendMessage, CommitEpoch, LogPage } from '../room-store.ts';
import { DEFAULT_STORE_LIMITS } from '../store-settings.ts';
import { roomKeys } from './keys.ts';
import { RedisRoomStore } from './redis-room-store.ts';

/** One key of a room is gone: evicted, or deleted by hand (RELIABILITY F9). Every end is one that somebody chose. */

let server: RedisProcess;
let client: Redis;
let store: RedisRoomStore;
let scene: Scene;
let [anna, ben, guest] = [newPerson(), newPerson(), newPerson()];
let messages: AppendMessage[];
let rekey: CommitEpoch;
let replaced: Uint8Array;

beforeAll(async () => {
  server = await startRedis();
  client = new Redis(server.url);
});
afterAll(async () => {
  await client.quit();
  await server.stop();
});

/** Two members, three messages, three commits, a new invite, a key update, somebody who waits and a stage half done. */
beforeEach(async () => {
  await client.flushall();
  store = new RedisRoomStore({ client, limits: DEFAULT_STORE_LIMITS });
  scene = new Scene();
  replaced = scene.rid;
  anna = await scene.open(store);
  ben = await scene.admit(store, anna);
  messages = [scene.message(anna), scene.message(ben), scene.message(anna)];
  for (const message of messages) await store.append(message);
  await store.keepKeyUpdate(scene.keyUpdate(ben, 1));
  await scene.commit(store, anna, { rotate: newInvite() });
  rekey = scene.commitOf(ben);
  await store.stage(await scene.stageOf(store, rekey));
  await store.commitEpoch(rekey);
  scene.epoch += 1;
  guest = newPerson();
  await scene.knock(store, guest);
  await store.stage(await scene.stageOf(store, scene.commitOf(anna)));
});

afterEach(async () => {
  // Whatever was lost, nothing stays for ever.
  const keys = await client.keys('*');
  const lives = await Promise.all(keys.map((key) => client.pttl(key)));
  expect(lives.filter((ms) => ms < 0)).toEqual([]);
});

const HEAD = 6;

const keyOf = (name: string): string => `bc:{${Buffer.from(replaced).toString('base64url')}}:${name}`;
const lose = (name: string): Promise<number> => client.del(keyOf(name));
const ids = ({
  mid,
  connection,
}: Person): { rid: Uint8Array<ArrayBuffer>; mid: typeof mid; connection: string } => ({
  ...{ rid: scene.rid, mid, connection },
});
const readFrom = (seq: number): Promise<LogPage> =>
  store.read({ rid: scene.rid, mid: anna.mid, from: { generation: scene.generation, seq }, maxBytes: 1e6 });
const beat = (): Promise<unknown> =>
  store.heartbeat(
    scene.rid,
    [anna, ben].map((person) => ({ ...ids(person), acted: false })),
  );
const presence = async (): Promise<string[]> =>
  (await store.members(scene.rid)).map(({ idx, state, idleMs }) => `${idx} ${state} ${idleMs < 60_000}`);
const kindsFrom = async (seq: number): Promise<string[] | false> => {
  const page = await readFrom(seq);
  return page.recovered && page.items.map(({ kind }) => kind);
};

const ALL = ['commit', 'message', 'message', 'message', 'commit', 'commit'];

/** The room goes on with everybody in it, and nothing of what was said is missing. */
async function goesOnWhole(): Promise<void> {
  expect(await kindsFrom(0)).toEqual(ALL);
  await goesOn();
}

/** The room goes on with everybody in it. */
async function goesOn(): Promise<void> {
  expect(await presence()).toEqual(['0 present true', '1 present true']);
  expect(await store.append(scene.message(ben))).toMatchObject({ seq: HEAD + 1, fresh: true });
  await scene.commit(store, anna);
  expect(await store.head(scene.rid)).toMatchObject({ seq: HEAD + 2, generation: scene.generation });
  expect(await kindsFrom(HEAD)).toEqual(['message', 'commit']);
}

/** Who has seen everything goes on; who was behind is told that something is missing, for good. */
async function leavesAGap(): Promise<void> {
  expect(await readFrom(0)).toMatchObject({ recovered: false });
  expect(await readFrom(HEAD)).toMatchObject({ recovered: true, items: [] });
  await goesOn();
  expect(await readFrom(0)).toMatchObject({ recovered: false });
}

/** Nobody is in the room any more, and whoever comes by the link founds it anew, in a later generation. */
async function isEmptied(): Promise<void> {
  for (const person of [anna, ben]) {
    expect(await codeOf(store.append(scene.message(person)))).toBe('ERR_NOT_MEMBER');
    expect(await codeOf(store.resume({ ...ids(person), rid: scene.invite.rid }))).toBe('ERR_NOT_MEMBER');
  }
  expect(await codeOf(store.commitEpoch(scene.commitOf(anna)))).toBe('ERR_NOT_MEMBER');
  expect(await beat()).toEqual([]);
  const { generation } = scene;
  const next = newPerson();
  expect(await scene.knock(store, next)).toEqual({ state: 'created' });
  await scene.found(store, next);
  expect(scene.generation).toBeGreaterThan(generation);
  expect(await scene.admit(store, next)).toMatchObject({ idx: 1 });
}

async function isGone(): Promise<void> {
  expect(await codeOf(store.resume({ ...ids(anna), rid: scene.invite.rid }))).toBe('ERR_ROOM_NOT_FOUND');
  expect(await scene.knock(store, newPerson()).catch(() => 'refused')).toBe('refused');
  expect(await beat()).toEqual([]);
}

const ends: Record<string, [string, () => Promise<void>]> = {
  meta: ['the room is not found any more', isGone],
  gates: ['wrong gates are counted from nothing again', goesOnWhole],
  entitled: ['nothing changes for who is in', goesOnWhole],
  members: ['the room is empty, and founded anew by whoever comes', isEmptied],
  slots: ['they are known from the members', goesOnWhole],
  leases: ['everybody counts as present until the lease ends', goesOnWhole],
  acts: ['everybody counts as having just acted', goesOnWhole],
  rates: ['everybody may send a burst again', goesOnWhole],
  pending: [
    'who waits can’t be let in, and knocks again',
    async () => {
      const adds = [{ kph: guest.newcomer.kph, idx: 2 }];
      expect(await codeOf(store.commitEpoch(scene.commitOf(anna, { adds })))).toBe('ERR_STAGE_EXPIRED');
      expect(await scene.knock(store, guest)).toEqual({ state: 'pending' });
      await goesOnWhole();
    },
  ],
  log: ['who missed a message is told so', leavesAGap],
  commits: ['who missed a commit is told so', leavesAGap],
  hashes: ['what has not expired is all there', goesOnWhole],
  answers: [
    'a commit that is repeated is one of an earlier epoch',
    async () => {
      expect(await codeOf(store.commitEpoch(rekey))).toBe('ERR_EPOCH_STALE');
      await goesOnWhole();
    },
  ],
  ids: [
    'a message that is repeated is known by its bytes, and not stored twice',
    async () => {
      scene.epoch = 1;
      expect(await codeOf(store.append(messages[0]!))).toBe('ERR_EPOCH_STALE');
      scene.epoch = 3;
      const again = scene.message(anna);
      await store.append(again);
      await lose('ids');
      expect(await codeOf(store.append(again))).toBe('ERR_DUPLICATE');
      expect(await kindsFrom(HEAD)).toEqual(['message']);
    },
  ],
  envelopes: [
    'a message that is repeated is known by its id',
    async () => {
      expect(await store.append(messages[0]!)).toMatchObject({ seq: 2, fresh: false });
      await goesOnWhole();
    },
  ],
  seen: [
    'what is repeated is known all the same',
    async () => {
      expect(await store.append(messages[0]!)).toMatchObject({ seq: 2, fresh: false });
      await goesOnWhole();
    },
  ],
  updates: [
    'there is no key update until the next one',
    async () => {
      const updates = { rid: scene.rid, mid: anna.mid, from: 0 };
      expect(await store.keyUpdates(updates)).toEqual({ updates: [], more: false });
      await store.keepKeyUpdate(scene.keyUpdate(ben, 2));
      expect((await store.keyUpdates(updates)).updates).toMatchObject([{ idx: 1 }]);
      await goesOnWhole();
    },
  ],
};

describe('when a room has lost', () => {
  it.each(Object.entries(ends).map(([name, [what, check]]) => ({ name, what, check })))(
    'its key $name, $what',
    async ({ name, check }) => {
      await lose(name);
      await check();
    },
  );

  test('what was staged, it is staged again', async () => {
    const commit = scene.commitOf(anna);
    const parts = await scene.stageOf(store, commit);
    await store.stage(parts);
    expect(await lose('stage:0')).toBe(1);
    expect(await codeOf(store.commitEpoch(commit))).toBe('ERR_STAGE_EXPIRED');
    await store.stage(parts);
    expect(await store.commitEpoch(commit)).toMatchObject({ epoch: scene.epoch + 1 });
  });

  test('the wraps of a commit, whoever missed them reads a commit without one and comes in anew', async () => {
    const wraps = (await client.keys('*wraps:*')).find((key) => key.endsWith(`:${scene.epoch}`));
    expect(await client.del(wraps!)).toBe(1);
    expect(await store.wraps(scene.rid, scene.epoch, [0])).toEqual(new Map());
    const page = await readFrom(HEAD - 1);
    expect(page.recovered && page.items).toEqual([
      { kind: 'commit', seq: HEAD, epoch: scene.epoch, frame: rekey.frame },
    ]);
    expect(await kindsFrom(0)).toEqual(ALL);
  });

  test('the way from its newest invite, nobody finds it by that until the next heartbeat', async () => {
    const { rid } = scene.invite;
    const alias = `bc:{${Buffer.from(rid).toString('base64url')}}:alias`;
    expect(await client.del(alias)).toBe(1);
    expect(await codeOf(scene.knock(store, newPerson()))).toBe('ERR_ROOM_NOT_FOUND');
    await beat();
    expect(await scene.knock(store, newPerson())).toEqual({ state: 'pending' });
  });

  test('no kind of key is left out here', () => {
    const kinds = roomKeys(scene.rid).map((key) => key.slice(key.lastIndexOf('}:') + 2));
    // What was attached has stories of its own.
    const told = [...Object.keys(ends), 'stage:', 'wraps:', 'alias', 'blobs', 'blob:'];
    expect(kinds.filter((kind) => !told.includes(kind))).toEqual([]);
  });
});
