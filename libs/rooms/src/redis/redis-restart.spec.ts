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

/** @returns the generation that the room is in after it. */
async function restartInto(): Promise<number> {
  await restart();
  return (await store.head(scene.rid))!.generation;
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

/** Nobody finds that a room is gone and makes it again within the second in which it was founded. */
async function nextSecond(): Promise<void> {
  const { generation } = scene;
  while (Number((await client.time())[0]) <= generation);
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
    const page = await allFrom(scene.generation, 0);
    const { head, base } = page;
    expect(head.generation).toBeGreaterThan(scene.generation);
    expect(base).toEqual({ generation: scene.generation, seq: head.seq });
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
      const { seq, fresh } = await store.append({ ...message, generation: head.generation });
      expect(fresh).toBe(seq > before);
    }
    const stored = (await allFrom(head.generation, 0)).items.length;
    expect(stored).toBe(acknowledged.size + unanswered.length);
  }, 60_000);

  it('who is at the end or behind it goes on; who is ahead doesn’t', async () => {
    for (let i = 0; i < 5; i += 1) await store.append(scene.message(founder));
    const old = scene.generation;
    const generation = await restartInto();
    const base = { generation: old, seq: 5 };
    const head = { generation, seq: 5, epoch: 0 };
    expect(await readFrom(old, 5)).toEqual({ recovered: true, head, items: [], more: false, base });
    expect(await readFrom(old, 3)).toMatchObject({ recovered: true, items: [{ seq: 4 }, { seq: 5 }], base });
    expect(await readFrom(old, 6)).toEqual({ recovered: false, head });
    await store.append({ ...scene.message(founder), generation });
    // Six messages of the old generation are not the six that are here now.
    expect(await readFrom(old, 6)).toMatchObject({ recovered: false });
    expect(await readFrom(generation, 6)).toMatchObject({ recovered: true, items: [] });
    expect(await readFrom(old - 1, 0)).toMatchObject({ recovered: false });
    expect(await readFrom(generation + 1, 0)).toMatchObject({ recovered: false });
  }, 30_000);

  it('a message for the old generation is refused with the new one, and its repetition gets the first answer', async () => {
    const message = scene.message(founder);
    const first = await store.append(message);
    const generation = await restartInto();
    expect(await refusalOf(store.append(message))).toMatchObject({
      code: 'ERR_GENERATION',
      current: generation,
    });
    const again = await store.append({ ...message, generation });
    expect(again).toEqual({ ...first, generation, fresh: false });
    const next = await store.append({ ...scene.message(founder), generation });
    expect(next).toMatchObject({ generation, seq: 2, fresh: true });
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
    const generation = await restartInto();
    const { wrap, tag } = staged.wraps[0]!;
    expect(await store.wraps(scene.rid, 2, [other.idx])).toEqual(new Map([[other.idx, { wrap, tag }]]));
    expect(await refusalOf(store.commitEpoch(halfway))).toMatchObject({
      code: 'ERR_GENERATION',
      current: generation,
    });
    const committed = { generation, epoch: 4, seq: 4, fresh: true };
    expect(await store.commitEpoch({ ...halfway, generation })).toMatchObject(committed);
    const updates = await store.keyUpdates({ rid: scene.rid, mid: founder.mid, from: 0 });
    expect(updates.updates).toMatchObject([{ idx: 1 }]);
    expect(await scene.knock(store, newPerson())).toEqual({ state: 'pending' });
    expect(await store.members(scene.rid)).toMatchObject([{ idx: 0 }, { idx: 1 }]);
    const { rid } = scene.invite;
    expect(await store.resume({ rid, mid: other.mid, connection: 'back' })).toMatchObject({ idx: 1 });
  }, 30_000);

  it('a position of the first generation is good after many restarts, and each generation ends where it ended', async () => {
    const generations = [scene.generation];
    for (let i = 0; i < 3; i += 1) {
      await store.append({ ...scene.message(founder), generation: generations.at(-1)! });
      generations.push(await restartInto());
    }
    const [first, second, third] = generations as [number, number, number];
    expect(await readFrom(first, 1)).toMatchObject({ recovered: true, base: { generation: first, seq: 1 } });
    expect(await readFrom(second, 2)).toMatchObject({
      recovered: true,
      base: { generation: second, seq: 2 },
    });
    expect(await readFrom(third, 0)).toMatchObject({ recovered: true, items: [{}, {}, {}] });
    expect(await readFrom(first, 2)).toMatchObject({ recovered: false });
    expect(await readFrom(second, 3)).toMatchObject({ recovered: false });
  }, 60_000);

  it('an empty room is founded in a generation that never was', async () => {
    const { rid, generation: first } = scene;
    await store.leave({ rid, mid: founder.mid, connection: founder.connection });
    const second = await restartInto();
    const next = newPerson();
    expect(await scene.knock(store, next)).toEqual({ state: 'created' });
    await scene.found(store, next);
    expect(await store.head(rid)).toEqual({ generation: second + 1, seq: 0, epoch: 0 });
    expect(await readFrom(first, 0, next)).toMatchObject({ recovered: false });
    expect(await readFrom(second, 0, next)).toMatchObject({ recovered: false });
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
      expect(await codeOf(readFrom(scene.generation, 3))).toBe('ERR_NOT_MEMBER');
      expect(await codeOf(store.append(scene.message(founder)))).toBe('ERR_NOT_MEMBER');
      expect(await codeOf(store.commitEpoch(scene.commitOf(founder)))).toBe('ERR_NOT_MEMBER');
      expect(await store.heartbeat(rid, [{ mid, connection, acted: false }])).toEqual([]);

      const lost = scene.generation;
      await nextSecond();
      const maker = newPerson();
      await store.create(scene.creation(maker.connection));
      await scene.found(store, maker);
      expect(scene.generation).toBeGreaterThan(lost);
      expect(await codeOf(readFrom(lost, 0))).toBe('ERR_NOT_MEMBER');
      expect(await readFrom(lost, 0, maker)).toMatchObject({ recovered: false });
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
    expect(await readFrom(scene.generation, 2)).toEqual({
      ...{ recovered: false, head: { generation: scene.generation, seq: 3, epoch: 0 } },
    });
    expect(await readFrom(scene.generation, 3)).toMatchObject({ recovered: true, items: [] });
    expect(await store.append(scene.message(founder))).toMatchObject({ seq: 4, fresh: true });
    expect(await readFrom(scene.generation, 2)).toMatchObject({ recovered: false });
    expect(await readFrom(scene.generation, 3)).toMatchObject({
      recovered: true,
      items: [{ kind: 'message', seq: 4 }],
    });
  });

  it('the log alone, noticed by the next message only', async () => {
    for (let i = 0; i < 3; i += 1) await store.append(scene.message(founder));
    await client.del(keyOf('log'));
    expect(await store.append(scene.message(founder))).toMatchObject({ seq: 4, fresh: true });
    expect(await readFrom(scene.generation, 0)).toMatchObject({ recovered: false });
    expect(await readFrom(scene.generation, 3)).toMatchObject({ recovered: true });
  });
});
