import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { codeOf, newInvite, newPerson, refusalOf, Scene, type Person } from '@bytechat/testing/rooms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { AppendMessage, LogPage } from '../room-store.ts';
import { DEFAULT_STORE_LIMITS } from '../store-settings.ts';
import { RedisRoomStore } from './redis-room-store.ts';

/** A Redis that ends and comes back, with its log of writes or without. */

const limits = { ...DEFAULT_STORE_LIMITS, messageBurst: 10_000 };

let directory: string;
let server: RedisProcess;
let client: Redis;
let store: RedisRoomStore;
let scene: Scene;
let founder: Person;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bytechat-redis-'));
  server = await startRedis({ directory, appendOnly: true });
  client = new Redis(server.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  store = new RedisRoomStore({ client, limits });
  scene = new Scene();
  founder = await scene.open(store);
});

afterEach(async () => {
  client.disconnect();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

const killed = (): Promise<void> => server.kill();

async function restart(from = directory): Promise<void> {
  await killed();
  server = await startRedis({ directory: from, appendOnly: true, port: server.port });
}

async function restartEmpty(): Promise<void> {
  await killed();
  await rm(directory, { recursive: true, force: true });
  directory = await mkdtemp(join(tmpdir(), 'bytechat-redis-'));
  server = await startRedis({ directory, appendOnly: true, port: server.port });
}

const readFrom = (generation: number, seq: number, { mid }: Person = founder): Promise<LogPage> =>
  store.read({ rid: scene.rid, mid, from: { generation, seq }, maxBytes: 1_000_000 });

/** Every item after a position, page by page, as a client asks for them. */
async function allFrom(generation: number, seq: number): Promise<Extract<LogPage, { recovered: true }>> {
  const page = await readFrom(generation, seq);
  if (!page.recovered) throw new Error('Not recovered.');
  const last = page.items.at(-1);
  if (!page.more || last === undefined) return page;
  const rest = await allFrom(page.head.generation, last.seq);
  return { ...page, items: [...page.items, ...rest.items], more: false };
}

const keyOf = (name: string): string => `bc:{${Buffer.from(scene.rid).toString('base64url')}}:${name}`;

describe('after Redis has ended and come back with what it wrote', () => {
  it('nothing that was acknowledged is lost, and a client’s position stays valid', async () => {
    const acknowledged = new Map<number, AppendMessage>();
    const unanswered: AppendMessage[] = [];
    const enough = Promise.withResolvers<undefined>();
    const writers = Array.from({ length: 8 }, async () => {
      for (;;) {
        const message = scene.message(founder);
        try {
          const { seq } = await store.append(message);
          acknowledged.set(seq, message);
        } catch {
          unanswered.push(message);
          return;
        }
        if (acknowledged.size === 200) enough.resolve(undefined);
      }
    });
    await enough.promise;
    await restart();
    await Promise.all(writers);
    const page = await allFrom(1, 0);
    const { head, base } = page;
    expect(head.generation).toBe(2);
    expect(base).toEqual({ generation: 1, seq: head.seq });
    expect(page.items.map(({ seq }) => seq)).toEqual(Array.from({ length: head.seq }, (_, i) => i + 1));
    const kept = new Map(
      page.items.map((item) => [item.seq, item.kind === 'message' ? item.env : undefined]),
    );
    const lost = [...acknowledged].filter(([seq, { env }]) => {
      const bytes = kept.get(seq);
      // Beyond the newest 512 only the hash is kept.
      return seq > head.seq - limits.maxMessages && (bytes === undefined || Buffer.compare(bytes, env) !== 0);
    });
    expect(lost).toEqual([]);
    expect(acknowledged.size).toBeGreaterThanOrEqual(200);

    // What had no answer is repeated under the new generation, and stored once.
    const before = head.seq;
    for (const message of unanswered) {
      const { seq, fresh } = await store.append({ ...message, generation: 2 });
      expect(fresh).toBe(seq > before);
    }
    const stored = (await allFrom(2, 0)).items.length;
    expect(stored).toBe(acknowledged.size + unanswered.length);
  }, 60_000);

  it('who is at the end or behind it goes on; who is ahead doesn’t', async () => {
    for (let i = 0; i < 5; i += 1) await store.append(scene.message(founder));
    await restart();
    const base = { generation: 1, seq: 5 };
    expect(await readFrom(1, 5)).toEqual({
      ...{ recovered: true, head: { generation: 2, seq: 5, epoch: 0 }, items: [], more: false, base },
    });
    expect(await readFrom(1, 3)).toMatchObject({ recovered: true, items: [{ seq: 4 }, { seq: 5 }], base });
    expect(await readFrom(1, 6)).toEqual({
      ...{ recovered: false, head: { generation: 2, seq: 5, epoch: 0 } },
    });
    await store.append({ ...scene.message(founder), generation: 2 });
    // Six messages of the old generation are not the six that are here now.
    expect(await readFrom(1, 6)).toMatchObject({ recovered: false });
    expect(await readFrom(2, 6)).toMatchObject({ recovered: true, items: [] });
    expect(await readFrom(0, 0)).toMatchObject({ recovered: false });
    expect(await readFrom(3, 0)).toMatchObject({ recovered: false });
  }, 30_000);

  it('a message for the old generation is refused with the new one, and its repetition gets the first answer', async () => {
    const message = scene.message(founder);
    const first = await store.append(message);
    await restart();
    expect(await refusalOf(store.append(message))).toMatchObject({ code: 'ERR_GENERATION', current: 2 });
    const again = await store.append({ ...message, generation: 2 });
    expect(again).toEqual({ ...first, generation: 2, fresh: false });
    const next = await store.append({ ...scene.message(founder), generation: 2 });
    expect(next).toMatchObject({ generation: 2, seq: 2, fresh: true });
  }, 30_000);

  it('members, wraps, staged parts, key updates and the rotated invite are still there', async () => {
    const other = await scene.admit(store, founder);
    const rekey = scene.commitOf(founder);
    const staged = await scene.stageOf(store, rekey);
    await store.stage(staged);
    await store.commitEpoch(rekey);
    scene.epoch = 2;
    await store.keepKeyUpdate(scene.keyUpdate(other, 1));
    await scene.commit(store, other, { rotate: newInvite() });
    const halfway = scene.commitOf(founder);
    await store.stage(await scene.stageOf(store, halfway));
    await restart();
    const { wrap, tag } = staged.wraps[0]!;
    expect(await store.wraps(scene.rid, 2, [other.idx])).toEqual(new Map([[other.idx, { wrap, tag }]]));
    expect(await refusalOf(store.commitEpoch(halfway))).toMatchObject({ code: 'ERR_GENERATION', current: 2 });
    const committed = { generation: 2, epoch: 4, seq: 4, fresh: true };
    expect(await store.commitEpoch({ ...halfway, generation: 2 })).toMatchObject(committed);
    const updates = await store.keyUpdates({ rid: scene.rid, mid: founder.mid, from: 0 });
    expect(updates.updates).toMatchObject([{ idx: 1 }]);
    expect(await scene.knock(store, newPerson())).toEqual({ state: 'pending' });
    expect(await store.members(scene.rid)).toMatchObject([{ idx: 0 }, { idx: 1 }]);
    const { rid } = scene.invite;
    expect(await store.resume({ rid, mid: other.mid, connection: 'back' })).toMatchObject({ idx: 1 });
  }, 30_000);

  it('a position of the first generation is good after many restarts, and each generation ends where it ended', async () => {
    for (let generation = 1; generation <= 3; generation += 1) {
      await store.append({ ...scene.message(founder), generation });
      await restart();
    }
    expect(await readFrom(1, 1)).toMatchObject({ recovered: true, base: { generation: 1, seq: 1 } });
    expect(await readFrom(2, 2)).toMatchObject({ recovered: true, base: { generation: 2, seq: 2 } });
    expect(await readFrom(3, 0)).toMatchObject({ recovered: true, items: [{}, {}, {}] });
    expect(await readFrom(1, 2)).toMatchObject({ recovered: false });
    expect(await readFrom(2, 3)).toMatchObject({ recovered: false });
  }, 60_000);

  it('an empty room is founded in a generation that never was', async () => {
    const { rid } = scene;
    await store.leave({ rid, mid: founder.mid, connection: founder.connection });
    await restart();
    const next = newPerson();
    expect(await scene.knock(store, next)).toEqual({ state: 'created' });
    await scene.found(store, next);
    expect(await store.head(rid)).toEqual({ generation: 3, seq: 0, epoch: 0 });
    expect(await readFrom(1, 0, next)).toMatchObject({ recovered: false });
    expect(await readFrom(2, 0, next)).toMatchObject({ recovered: false });
  }, 30_000);
});

describe('after Redis has lost', () => {
  const losses: [string, () => Promise<unknown>][] = [
    ['everything, by an empty restart', restartEmpty],
    ['everything, by FLUSHALL', () => client.flushall()],
    ['what it knew of the room', () => client.del(keyOf('meta'))],
  ];

  it.each(losses)(
    '%s: nobody is a member, the room is not found, and it can be made again by its invite',
    async (_, lose) => {
      for (let i = 0; i < 3; i += 1) await store.append(scene.message(founder));
      await lose();
      const { rid } = scene;
      const { mid, connection } = founder;
      expect(await codeOf(store.resume({ rid, mid, connection }))).toBe('ERR_ROOM_NOT_FOUND');
      expect(await codeOf(readFrom(1, 3))).toBe('ERR_NOT_MEMBER');
      expect(await codeOf(store.append(scene.message(founder)))).toBe('ERR_NOT_MEMBER');
      expect(await codeOf(store.commitEpoch(scene.commitOf(founder)))).toBe('ERR_NOT_MEMBER');
      expect(await store.heartbeat(rid, [{ mid, connection, acted: false }])).toEqual([]);

      const maker = newPerson();
      await store.create(scene.creation(maker.connection));
      await scene.found(store, maker);
      expect(await codeOf(readFrom(1, 0))).toBe('ERR_NOT_MEMBER');
      expect(await codeOf(store.append(scene.message(founder)))).toBe('ERR_NOT_MEMBER');
      expect(await readFrom(scene.generation, 0, maker)).toMatchObject({ recovered: true, items: [] });
    },
    30_000,
  );

  it.each(losses)(
    '%s: a rotated invite makes the room again, too',
    async (_, lose) => {
      await scene.commit(store, founder, { rotate: newInvite() });
      await lose();
      const { rid, gateVerifier } = scene.invite;
      expect(await codeOf(store.resume({ rid, mid: founder.mid, connection: 'c' }))).toBe(
        'ERR_ROOM_NOT_FOUND',
      );
      await store.create({ ...scene.creation('maker'), rid, gateVerifier });
      expect(await store.state(rid)).toMatchObject({ rid0: rid, rid, members: 0 });
      expect(await scene.knock(store, newPerson())).toEqual({ state: 'created' });
    },
    30_000,
  );

  it('the log alone: who has it all goes on, who misses something is told so, and no seq comes twice', async () => {
    for (let i = 0; i < 3; i += 1) await store.append(scene.message(founder));
    await client.del(keyOf('log'));
    expect(await readFrom(1, 2)).toEqual({
      ...{ recovered: false, head: { generation: 1, seq: 3, epoch: 0 } },
    });
    expect(await readFrom(1, 3)).toMatchObject({ recovered: true, items: [] });
    expect(await store.append(scene.message(founder))).toMatchObject({ seq: 4, fresh: true });
    expect(await readFrom(1, 2)).toMatchObject({ recovered: false });
    expect(await readFrom(1, 3)).toMatchObject({ recovered: true, items: [{ kind: 'message', seq: 4 }] });
  });

  it('the log alone, noticed by the next message only', async () => {
    for (let i = 0; i < 3; i += 1) await store.append(scene.message(founder));
    await client.del(keyOf('log'));
    expect(await store.append(scene.message(founder))).toMatchObject({ seq: 4, fresh: true });
    expect(await readFrom(1, 0)).toMatchObject({ recovered: false });
    expect(await readFrom(1, 3)).toMatchObject({ recovered: true });
  });
});
