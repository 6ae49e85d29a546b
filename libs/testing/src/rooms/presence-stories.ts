import type { RoomStore } from '@bytechat/rooms';
import type { Stage } from './harness.ts';
import { Scene, type Person } from './people.ts';
import { codeOf } from './refusals.ts';

export function presenceStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  const statesIn = async (store: RoomStore, { rid }: Scene): Promise<string[]> =>
    (await store.members(rid)).map(({ state }) => state);
  const beat = (
    store: RoomStore,
    { rid }: Scene,
    { mid, connection }: Person,
    acted = false,
  ): Promise<unknown> => store.heartbeat(rid, [{ mid, connection, acted }]);

  describe('presence and membership', () => {
    it('shows a silent member as away after 20 s and as timed out 300 s later', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await scene.admit(store, founder);
      clock.advance(19_999);
      expect(await statesIn(store, scene)).toEqual(['present', 'present']);
      await beat(store, scene, founder);
      clock.advance(1);
      expect(await statesIn(store, scene)).toEqual(['present', 'away']);
      clock.advance(299_999);
      expect(await statesIn(store, scene)).toEqual(['away', 'away']);
      await beat(store, scene, founder);
      clock.advance(1);
      expect(await statesIn(store, scene)).toEqual(['present', 'timeout']);
      expect((await store.state(scene.rid))?.members).toBe(1);
    });

    it('brings an away member back by resume, and refuses one whose membership has run out', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      clock.advance(300_000);
      await beat(store, scene, founder);
      expect(await store.resume({ rid, mid: other.mid, connection: 'back' })).toEqual({ idx: 1 });
      expect(await statesIn(store, scene)).toEqual(['present', 'present']);
      clock.advance(319_999);
      await beat(store, scene, founder);
      clock.advance(1);
      expect(await codeOf(store.resume({ rid, mid: other.mid, connection: 'late' }))).toBe('ERR_NOT_MEMBER');
      const late = { ...other, connection: 'back' };
      expect(await codeOf(store.append(scene.message(late)))).toBe('ERR_NOT_MEMBER');
    });

    it('lets the first heartbeat after an outage of the store renew a membership that ran out meanwhile', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      clock.advance(319_999);
      await beat(store, scene, founder);
      clock.advance(1);
      await beat(store, scene, other);
      expect(await statesIn(store, scene)).toEqual(['present', 'present']);
    });

    it('ignores heartbeats of connections that a member no longer has', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      await store.resume({ rid, mid: founder.mid, connection: 'new' });
      clock.advance(20_000);
      await beat(store, scene, founder);
      expect(await statesIn(store, scene)).toEqual(['away']);
    });

    it('knows how long nobody has acted: messages and acts count, heartbeats and ephemeral items don’t', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const idle = async (): Promise<number | undefined> =>
        (await store.member(scene.rid, founder.mid))?.idleMs;
      clock.advance(10_000);
      await beat(store, scene, founder);
      await store.append(scene.message(founder, { ephemeral: true }));
      expect(await idle()).toBe(10_000);
      await store.append(scene.message(founder));
      expect(await idle()).toBe(0);
      clock.advance(5_000);
      await beat(store, scene, founder, true);
      expect(await idle()).toBe(0);
    });

    it('keeps the slot of a member who left until a commit removes it', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const leave = { rid, mid: other.mid, connection: other.connection };
      expect(await store.leave(leave)).toEqual({ idx: 1, last: false, turnedAway: [] });
      expect(await store.leave(leave)).toEqual({ idx: 1, last: false, turnedAway: [] });
      expect(await statesIn(store, scene)).toEqual(['present', 'left']);
      await beat(store, scene, other);
      expect(await statesIn(store, scene)).toEqual(['present', 'left']);
      expect((await store.state(rid))?.members).toBe(1);
      expect(await codeOf(store.resume({ ...leave, connection: 'c' }))).toBe('ERR_NOT_MEMBER');
      const { removed } = await scene.commit(store, founder, { removes: [{ idx: 1, reason: 'left' }] });
      expect(removed).toMatchObject([{ idx: 1, state: 'left' }]);
    });

    it('lets only its own connection end a membership', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const { rid } = scene;
      expect(await store.leave({ rid, mid: founder.mid, connection: 'other' })).toBeUndefined();
      expect(await statesIn(store, scene)).toEqual(['present']);
    });

    it('finds one member by its id', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const { kph, sigPub } = other.newcomer;
      expect(await store.member(scene.rid, other.mid)).toMatchObject({ idx: 1, kph, sigPub });
      expect(await store.member(scene.rid, kph.slice(0, 16))).toBeUndefined();
    });
  });
}
