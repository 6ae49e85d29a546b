import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_STORE_LIMITS } from '@bytechat/rooms';
import type { Stage, StoreWorld } from './harness.ts';
import { newAddress, newInvite, newPerson, Scene } from './people.ts';
import { codeOf } from './refusals.ts';

const HOUR = 3_600_000;
const SHORT_LIVES = {
  presenceMs: 150,
  membershipMs: 150,
  keepMs: 300,
  stageMs: 150,
  pendingMs: 200,
  entitlementMs: 200,
};

export function abandonmentStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  describe('an abandoned room', () => {
    it('waits for its idle time with the same gate, then is gone', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      await store.append(scene.message(founder));
      expect((await store.state(rid))?.expiresInMs).toBe(0);
      const leave = { rid, mid: founder.mid, connection: founder.connection };
      expect(await store.leave(leave)).toEqual({ idx: 0, last: true, turnedAway: [] });
      expect(await store.leave(leave)).toEqual({ idx: 0, last: true, turnedAway: [] });
      expect(await store.state(rid)).toMatchObject({ members: 0, gid: undefined, expiresInMs: HOUR });
      clock.advance(HOUR - 1);
      expect(await store.state(rid)).toMatchObject({ expiresInMs: 1 });
      clock.advance(1);
      expect(await store.state(rid)).toBeUndefined();
      expect(await codeOf(scene.knock(store, newPerson()))).toBe('ERR_ROOM_NOT_FOUND');
    });

    it('lives on for its idle time after the last membership has run out', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      await scene.open(store);
      clock.advance(319_999);
      expect(await store.state(scene.rid)).toMatchObject({ members: 1, expiresInMs: 0 });
      clock.advance(1);
      expect(await store.state(scene.rid)).toMatchObject({ members: 0, gid: undefined, expiresInMs: HOUR });
      expect(await store.members(scene.rid)).toEqual([]);
    });

    it('turns those away who waited, when its last member leaves', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      await scene.commit(store, founder);
      const waiting = newPerson();
      await scene.knock(store, waiting);
      const leave = ({ mid, connection }: typeof founder): ReturnType<typeof store.leave> =>
        store.leave({ rid, mid, connection });
      expect(await leave(founder)).toMatchObject({ last: false, turnedAway: [] });
      expect(await leave(other)).toMatchObject({ last: true, turnedAway: [waiting.connection] });
      expect(await scene.knock(store, waiting)).toEqual({ state: 'created' });
    });

    it('is founded anew by whoever has the link: next generation, nothing of the old one', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      await scene.commit(store, founder);
      await store.append(scene.message(founder));
      for (const { mid, connection } of [founder, other]) await store.leave({ rid, mid, connection });
      const next = newPerson();
      expect(await scene.knock(store, next)).toEqual({ state: 'created' });
      await scene.found(store, next);
      expect(await store.head(rid)).toEqual({ generation: 2, seq: 0, epoch: 0 });
      expect(await store.wraps(rid, 2, [0, 1])).toEqual(new Map());
      expect(await codeOf(store.resume({ rid, mid: founder.mid, connection: 'c' }))).toBe('ERR_NOT_MEMBER');
      const from = { generation: 1, seq: 0 };
      expect(await store.read({ rid, mid: next.mid, from, maxBytes: 1_000 })).toMatchObject({
        recovered: false,
      });
    });

    it('keeps nothing of a group once its last member has left', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = newPerson();
      await store.create(scene.creation(founder.connection));
      const before = await world.countStored();
      await scene.found(store, founder);
      const other = await scene.admit(store, founder);
      await scene.commit(store, founder);
      await store.append(scene.message(founder));
      await scene.knock(store, newPerson());
      for (const person of [founder, other])
        await store.stage(await scene.stageOf(store, scene.commitOf(person)));
      for (const { mid, connection } of [founder, other]) await store.leave({ rid, mid, connection });
      expect(await world.countStored()).toBe(before);
    });

    it('waits a little longer for whoever proves the gate at its last moment', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      await store.create(scene.creation('maker'));
      clock.advance(HOUR - 1);
      const late = newPerson();
      expect(await scene.knock(store, late)).toEqual({ state: 'created' });
      clock.advance(119_999);
      await scene.found(store, late);
      expect(await store.head(scene.rid)).toMatchObject({ generation: 1 });
    });

    it('lets two members time out together and a third found anew', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await scene.admit(store, founder);
      clock.advance(320_000);
      const next = newPerson();
      expect(await scene.knock(store, next)).toEqual({ state: 'created' });
      await scene.found(store, next);
      expect(await store.members(scene.rid)).toMatchObject([{ idx: 0, mid: next.mid }]);
    });

    it('leaves nothing behind after its idle time, though never told to clean up', async () => {
      const limits = { ...DEFAULT_STORE_LIMITS, emptyRoomSeconds: 0.3 };
      const { store, world } = await setUp({ limits, lifetimes: SHORT_LIVES, now: undefined });
      const scene = new Scene();
      const founder = await scene.open(store);
      await fillEveryCorner(scene, founder);
      expect(await world.countStored()).toBeGreaterThan(0);
      expect(await world.listWithoutExpiry()).toEqual([]);
      await untilEmpty(world);
      expect(await store.state(scene.rid)).toBeUndefined();

      async function fillEveryCorner(room: Scene, committer: typeof founder): Promise<void> {
        await codeOf(room.knock(store, newPerson(), new Uint8Array(32)));
        await room.admit(store, committer);
        await room.commit(store, committer, { rotate: newInvite() });
        await store.append(room.message(committer));
        await store.append(room.message(committer, { ephemeral: true }));
        await room.knock(store, newPerson());
        await store.stage(await room.stageOf(store, room.commitOf(committer)));
        await store.spend({ kind: 'join', address: newAddress(), burst: 2, perMinute: 600 });
      }
    });

    it('has an end for every single thing it keeps, whatever has happened', async () => {
      const { store, world } = await setUp({ now: undefined });
      const scene = new Scene();
      const { rid } = scene;
      const check = async (): Promise<void> => expect(await world.listWithoutExpiry()).toEqual([]);
      const address = newAddress();
      await store.addressSalts();
      await store.holdConnection(address, 'c', 5);
      await store.renewConnections([{ addressKeys: address, connection: 'd' }]);
      await store.spend({ kind: 'handshake', address, burst: 2, perMinute: 60 });
      await check();
      const founder = await scene.open(store);
      await check();
      await codeOf(scene.knock(store, newPerson(), new Uint8Array(32)));
      await check();
      const other = await scene.admit(store, founder);
      await check();
      await scene.commit(store, founder, { rotate: newInvite() });
      await store.append(scene.message(founder));
      await store.append(scene.message(other, { ephemeral: true }));
      await check();
      await store.resume({ rid, mid: other.mid, connection: 'new' });
      await store.heartbeat(rid, [{ mid: founder.mid, connection: founder.connection, acted: true }]);
      await check();
      await store.leave({ rid, mid: founder.mid, connection: founder.connection });
      await store.sweep();
      await check();
      await store.leave({ rid, mid: other.mid, connection: 'new' });
      await check();
    });

    it('loses its expired ciphertext while people sit in it silently', async () => {
      const { store, clock, world } = await setUp();
      const scene = new Scene({ ttl_s: 60 });
      const founder = await scene.open(store);
      const beat = (): Promise<unknown> =>
        store.heartbeat(scene.rid, [{ mid: founder.mid, connection: founder.connection, acted: false }]);
      const before = await world.countStored();
      await store.append(scene.message(founder));
      await store.commitEpoch(scene.commitOf(founder));
      clock.advance(60_000);
      await beat();
      expect(await store.sweep()).toBe(0);
      clock.advance(259_999);
      await beat();
      clock.advance(1);
      expect(await store.sweep()).toBeGreaterThan(0);
      // Only the member's token bucket is there beside what was there before.
      expect((await world.countStored()) - before).toBeLessThanOrEqual(1);
    });
  });
}

/** Keys go when Redis's own clock says so: nothing announces it. */
async function untilEmpty(world: StoreWorld): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await world.countStored()) > 0) {
    if (Date.now() > deadline) throw new Error('Something is left of the room.');
    await delay(20);
  }
}
