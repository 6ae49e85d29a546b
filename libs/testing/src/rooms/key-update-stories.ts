import type { KeyUpdatePage, RoomStore } from '@bytechat/rooms';
import type { Stage } from './harness.ts';
import { newPerson, randomOf, Scene, type Person } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

export function keyUpdateStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  const pageOf = (store: RoomStore, { rid }: Scene, { mid }: Person, from = 0): Promise<KeyUpdatePage> =>
    store.keyUpdates({ rid, mid, from });

  describe('key updates', () => {
    it('keeps the newest of each member, and shows them to any member on any pod', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const newest = scene.keyUpdate(founder, 2);
      await store.keepKeyUpdate(scene.keyUpdate(founder, 1));
      await store.keepKeyUpdate(newest);
      const ofOther = scene.keyUpdate(other, 7);
      await world.open().keepKeyUpdate(ofOther);
      expect(await pageOf(world.open(), scene, other)).toEqual({
        updates: [
          { idx: 0, bytes: newest.bytes },
          { idx: 1, bytes: ofOther.bytes },
        ],
        more: false,
      });
      expect(await pageOf(store, scene, founder, 1)).toMatchObject({ updates: [{ idx: 1 }] });
      expect(await pageOf(store, scene, founder, 2)).toEqual({ updates: [], more: false });
    });

    it('never goes back to an older one: not the last one, not another of the same number', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const [first, second] = [scene.keyUpdate(founder, 256), scene.keyUpdate(founder, 257)];
      await store.keepKeyUpdate(first);
      await store.keepKeyUpdate(second);
      await store.keepKeyUpdate(second);
      expect(await codeOf(store.keepKeyUpdate(first))).toBe('ERR_DUPLICATE');
      expect(await codeOf(store.keepKeyUpdate(scene.keyUpdate(founder, 257)))).toBe('ERR_DUPLICATE');
      expect((await pageOf(store, scene, founder)).updates).toEqual([{ idx: 0, bytes: second.bytes }]);
    });

    it('takes none of strangers, of another slot, group or suite', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const attempt = (change: Parameters<typeof scene.keyUpdate>[2]): Promise<string> =>
        codeOf(store.keepKeyUpdate(scene.keyUpdate(other, 1, change)));
      expect(await attempt({ mid: newPerson().mid })).toBe('ERR_NOT_MEMBER');
      expect(await attempt({ connection: 'another' })).toBe('ERR_NOT_MEMBER');
      expect(await attempt({ idx: 0 })).toBe('ERR_FORMAT');
      expect(await attempt({ gid: randomOf(32) })).toBe('ERR_FORMAT');
      expect(await attempt({ suite: 1 })).toBe('ERR_FORMAT');
      expect((await pageOf(store, scene, founder)).updates).toEqual([]);
      expect(await codeOf(pageOf(store, scene, newPerson()))).toBe('ERR_NOT_MEMBER');
    });

    it('drops a member’s with the member: who gets the slot next has none', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const victim = await scene.admit(store, founder);
      await store.keepKeyUpdate(scene.keyUpdate(victim, 9));
      await scene.kick(store, founder, victim);
      expect((await pageOf(store, scene, founder)).updates).toEqual([]);
      const next = await scene.admit(store, founder);
      expect(next.idx).toBe(victim.idx);
      await store.keepKeyUpdate(scene.keyUpdate(next, 1));
    });

    it('keeps one of a member who has left until the commit that removes it', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      await store.keepKeyUpdate(scene.keyUpdate(other, 1));
      await store.leave({ rid: scene.rid, mid: other.mid, connection: other.connection });
      expect((await pageOf(store, scene, founder)).updates).toHaveLength(1);
      await scene.commit(store, founder, { removes: [{ idx: 1, reason: 'left' }] });
      expect((await pageOf(store, scene, founder)).updates).toEqual([]);
    });

    it('gives 64 at a time, and says that there are more', async () => {
      const rates = { commit: { burst: 100, intervalMs: 1 } };
      const { store } = await setUp({ rates });
      const scene = new Scene();
      const people = [await scene.open(store)];
      for (let i = 0; i < 65; i += 1) people.push(await scene.admit(store, people[0]!));
      for (const person of people) await store.keepKeyUpdate(scene.keyUpdate(person, 1));
      const first = await pageOf(store, scene, people[0]!);
      expect(first.updates.map(({ idx }) => idx)).toEqual(Array.from({ length: 64 }, (_, i) => i));
      expect(first.more).toBe(true);
      const last = await pageOf(store, scene, people[0]!, 64);
      expect(last.updates.map(({ idx }) => idx)).toEqual([64, 65]);
      expect(last.more).toBe(false);
    }, 60_000);

    it('takes three at once and then one a second, counted over two pods', async () => {
      const { store, world, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      for (let i = 1; i <= 3; i += 1) await store.keepKeyUpdate(scene.keyUpdate(founder, i));
      const refusal = await refusalOf(world.open().keepKeyUpdate(scene.keyUpdate(founder, 4)));
      expect(refusal).toMatchObject({ code: 'ERR_RATE', retryAfterMs: 1_000 });
      clock.advance(1_000);
      await store.keepKeyUpdate(scene.keyUpdate(founder, 4));
    });
  });

  describe('complaints about a commit', () => {
    it('are let through three at once and then one in two seconds, counted over two pods', async () => {
      const { store, world, clock } = await setUp();
      const scene = new Scene();
      const { mid, connection } = await scene.open(store);
      const complaint = { rid: scene.rid, mid, connection };
      for (const pod of [store, world.open(), store]) await pod.complain(complaint);
      const refusal = await refusalOf(world.open().complain(complaint));
      expect(refusal).toMatchObject({ code: 'ERR_RATE', retryAfterMs: 2_000 });
      clock.advance(2_000);
      await store.complain(complaint);
    });

    it('are for members only', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const { mid } = await scene.open(store);
      const { rid } = scene;
      expect(await codeOf(store.complain({ rid, mid, connection: 'another' }))).toBe('ERR_NOT_MEMBER');
      const stranger = newPerson();
      expect(await codeOf(store.complain({ rid, ...stranger }))).toBe('ERR_NOT_MEMBER');
    });
  });
}
