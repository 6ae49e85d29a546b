import { DEFAULT_STORE_LIMITS } from '@bytechat/rooms';
import type { Stage } from './harness.ts';
import { newAddress, newPerson, Scene } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

const HOUR = 3_600_000;

export function addressStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  const limits = { ...DEFAULT_STORE_LIMITS, maxRoomsPerAddress: 2 };

  describe('what an address may', () => {
    it('refuses a third room on any pod until one of the two has ended', async () => {
      const { store, world, clock } = await setUp({ limits });
      const other = world.open();
      const address = newAddress();
      const [first, second, third] = [new Scene(), new Scene(), new Scene()];
      await store.create(first.creation('a', address));
      clock.advance(60_000);
      await other.create(second.creation('b', address));
      const refusal = await refusalOf(other.create(third.creation('c', address)));
      expect(refusal).toMatchObject({ code: 'ERR_RATE', retryAfterMs: HOUR - 60_000 });
      expect(await store.state(third.rid)).toBeUndefined();
      clock.advance(HOUR - 60_000);
      await store.create(third.creation('c', address));
    });

    it('counts a room for as long as people are in it, and frees the place an idle time after they left', async () => {
      const { store, clock } = await setUp({ limits });
      const address = newAddress();
      const [lived, empty] = [new Scene(), new Scene()];
      const founder = { mid: new Uint8Array(16), connection: 'a' };
      await store.create(lived.creation('a', address));
      const { mid, ...rest } = await lived.found(store, { ...personOf(founder.mid), connection: 'a' });
      await store.append(lived.message({ mid, ...rest }));
      await store.create(empty.creation('b', address));
      for (let i = 0; i < 13; i += 1) {
        clock.advance(300_000);
        await store.heartbeat(lived.rid, [{ mid, connection: 'a', acted: false }]);
      }
      await store.create(new Scene().creation('c', address));
      expect(await codeOf(store.create(new Scene().creation('d', address)))).toBe('ERR_RATE');
      await store.leave({ rid: lived.rid, mid, connection: 'a' });
      clock.advance(HOUR);
      await store.create(new Scene().creation('d', address));
      await store.create(new Scene().creation('e', address));

      function personOf(id: Uint8Array<ArrayBuffer>): Parameters<Scene['found']>[1] {
        const newcomer = {
          kp: new Uint8Array(573),
          kph: new Uint8Array(32),
          mid: id,
          sigPub: new Uint8Array(65),
        };
        return { newcomer, mid: id, connection: 'a', idx: 0 };
      }
    });

    it('has the place of a room back that its maker leaves unused, until somebody founds it again', async () => {
      const { store, world } = await setUp({ limits });
      const address = newAddress();
      const [tried, other] = [new Scene(), new Scene()];
      const maker = newPerson();
      await store.create(tried.creation(maker.connection, address));
      await tried.found(store, maker);
      await store.create(other.creation('b', address));
      const leave = { rid: tried.rid, mid: maker.mid, connection: maker.connection };
      for (let i = 0; i < 2; i += 1) expect(await store.leave(leave)).toMatchObject({ last: true });
      expect(await store.state(tried.rid)).toMatchObject({ members: 0 });
      const friend = newPerson();
      expect(await tried.knock(world.open(), friend)).toEqual({ state: 'created' });
      await store.create(new Scene().creation('c', address));
      expect(await codeOf(store.create(new Scene().creation('d', address)))).toBe('ERR_RATE');
      await tried.found(store, friend);
      await store.leave({ rid: tried.rid, mid: friend.mid, connection: friend.connection });
      // Three rooms count now: this one has had another member than its maker.
      expect(await codeOf(store.create(new Scene().creation('e', address)))).toBe('ERR_RATE');
    });

    it('keeps the place of a room that was used', async () => {
      const { store } = await setUp({ limits: { ...limits, maxRoomsPerAddress: 1 } });
      const scene = new Scene();
      const maker = newPerson();
      await store.create(scene.creation(maker.connection));
      await scene.found(store, maker);
      await scene.commit(store, maker);
      await store.leave({ rid: scene.rid, mid: maker.mid, connection: maker.connection });
      expect(await codeOf(store.create(new Scene().creation('b', scene.address)))).toBe('ERR_RATE');
    });

    it('gives the place back when the room existed already', async () => {
      const { store } = await setUp({ limits });
      const scene = new Scene();
      await store.create(scene.creation('a'));
      const address = newAddress();
      for (let i = 0; i < 3; i += 1) {
        expect(await codeOf(store.create(scene.creation('b', address)))).toBe('ERR_ROOM_EXISTS');
      }
      await store.create(new Scene().creation('c', address));
      await store.create(new Scene().creation('d', address));
    });

    it('knows at midnight what the address did under its key of yesterday, and the other way round', async () => {
      const { store } = await setUp({ limits });
      const yesterday = newAddress();
      const today = { current: newAddress().current, previous: yesterday.current };
      await store.create(new Scene().creation('a', yesterday));
      await store.create(new Scene().creation('b', today));
      expect(await codeOf(store.create(new Scene().creation('c', today)))).toBe('ERR_RATE');
      expect(await codeOf(store.create(new Scene().creation('d', yesterday)))).toBe('ERR_RATE');
      const bucket = { kind: 'join', burst: 2, perMinute: 30 } as const;
      await store.spend({ ...bucket, address: yesterday });
      await store.spend({ ...bucket, address: today });
      expect(await codeOf(store.spend({ ...bucket, address: today }))).toBe('ERR_RATE');
      expect(await codeOf(store.spend({ ...bucket, address: yesterday }))).toBe('ERR_RATE');
      await store.holdConnection(yesterday, 'a', 2);
      await store.holdConnection(today, 'b', 2);
      expect(await codeOf(store.holdConnection(today, 'c', 2))).toBe('ERR_RATE');
    });

    it('admits exactly the burst over two pods, however many tries come at once', async () => {
      const { store, world, clock } = await setUp();
      const pods = [store, world.open()];
      const bucket = { kind: 'handshake', address: newAddress(), burst: 60, perMinute: 60 } as const;
      const tries = await Promise.allSettled(
        Array.from({ length: 200 }, (_, i) => pods[i % 2]!.spend(bucket)),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(60);
      expect(await refusalOf(store.spend(bucket))).toMatchObject({ code: 'ERR_RATE', retryAfterMs: 1_000 });
      await store.spend({ ...bucket, kind: 'info' });
      clock.advance(1_000);
      await store.spend(bucket);
      expect(await codeOf(store.spend(bucket))).toBe('ERR_RATE');
    });

    it('holds a place for an open connection until it is released or its lease runs out', async () => {
      const { store, world, clock } = await setUp();
      const address = newAddress();
      await store.holdConnection(address, 'a', 2);
      await world.open().holdConnection(address, 'b', 2);
      await store.holdConnection(address, 'b', 2);
      expect(await codeOf(store.holdConnection(address, 'c', 2))).toBe('ERR_RATE');
      await store.releaseConnection(address, 'a');
      await store.holdConnection(address, 'c', 2);
      clock.advance(59_999);
      await store.renewConnections([{ addressKeys: address, connection: 'c' }]);
      clock.advance(1);
      await store.holdConnection(address, 'd', 2);
      expect(await codeOf(store.holdConnection(address, 'e', 2))).toBe('ERR_RATE');
    });

    it('turns the salts daily, keeps yesterday’s for a day, and shares them over the pods', async () => {
      const { store, world, clock } = await setUp();
      const first = await store.addressSalts();
      expect(first.current).toHaveLength(32);
      expect(first.previous).toBeUndefined();
      expect(await world.open().addressSalts()).toEqual(first);
      clock.advance(24 * HOUR);
      const second = await store.addressSalts();
      expect(second.previous).toEqual(first.current);
      expect(second.current).not.toEqual(first.current);
      clock.advance(48 * HOUR);
      expect((await store.addressSalts()).previous).toBeUndefined();
    });

    it('goes on when the scripts are forgotten', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await world.forgetScripts();
      expect(await store.append(scene.message(founder))).toMatchObject({ seq: 1 });
      await store.ping();
    });
  });
}
