import type { Stage } from './harness.ts';
import { newInvite, newPerson, randomOf, Scene } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

export function reinitStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  describe('a member who begins the room anew', () => {
    it('ends the old group: every membership, who waited, the log, the key updates', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      await store.append(scene.message(founder));
      await store.keepKeyUpdate(scene.keyUpdate(other, 1));
      const waiting = newPerson();
      await scene.knock(store, waiting);
      scene.gid = randomOf(32);
      expect(await scene.reinit(world.open(), other)).toEqual({
        ...{ generation: 2, seq: 0, epoch: 0, fresh: true, first: false },
        turnedAway: [waiting.connection],
      });
      expect(await store.members(rid)).toMatchObject([{ idx: 0, mid: other.mid, state: 'present' }]);
      expect(await store.pending(rid)).toEqual([]);
      expect(await codeOf(store.append(scene.message(founder)))).toBe('ERR_NOT_MEMBER');
      expect(await codeOf(store.resume({ rid, mid: founder.mid, connection: 'c' }))).toBe('ERR_NOT_MEMBER');
      expect(await store.keyUpdates({ rid, mid: other.mid, from: 0 })).toEqual({ updates: [], more: false });
      const read = { rid, mid: other.mid, maxBytes: 1_000 };
      expect(await store.read({ ...read, from: { generation: 1, seq: 0 } })).toMatchObject({
        recovered: false,
      });
      expect(await store.read({ ...read, from: { generation: 2, seq: 0 } })).toMatchObject({ items: [] });
    });

    it('is joined again by the invite that everybody has kept, also when it was rotated', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      await scene.commit(store, founder, { rotate: newInvite() });
      scene.gid = randomOf(32);
      await scene.reinit(store, founder);
      expect(await scene.knock(store, other)).toEqual({ state: 'pending' });
      await scene.admit(store, founder, { ...other, connection: 'again' });
      expect((await store.members(scene.rid)).map(({ mid }) => mid)).toEqual([founder.mid, other.mid]);
    });

    it('is one of several who try at once; the others are told the generation, or are members no longer', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const pods = [store, world.open()];
      const tries = await Promise.allSettled(
        [founder, other].map((person, i) => scene.reinit(pods[i]!, person)),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.head(scene.rid)).toEqual({ generation: 2, seq: 0, epoch: 0 });
      expect(await store.members(scene.rid)).toHaveLength(1);
    });

    it('gets the same answer when it repeats itself, and nothing ends twice', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const { newcomer: founder, mid, connection } = await scene.open(store);
      const input = {
        ...{ rid: scene.rid, expectGeneration: 1, gid: randomOf(32), params: randomOf(16) },
        ...{ founder, connection, member: mid },
      };
      const first = await store.found(input);
      scene.generation = 2;
      await store.append(scene.message({ ...newPerson(), mid, connection }));
      expect(await world.open().found(input)).toEqual({ ...first, fresh: false });
      expect((await store.head(scene.rid))?.seq).toBe(1);
    });

    it('does so once a minute, whoever it is, and must know the generation', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await scene.reinit(store, founder);
      const other = await scene.admit(store, founder);
      clock.advance(1_000);
      scene.gid = randomOf(32);
      const refusal = await refusalOf(scene.reinit(store, other));
      expect(refusal).toMatchObject({ code: 'ERR_RATE', retryAfterMs: 59_000 });
      const late = {
        ...{ rid: scene.rid, expectGeneration: 1, gid: randomOf(32), params: randomOf(16) },
        ...{ founder: other.newcomer, connection: other.connection, member: other.mid },
      };
      expect(await refusalOf(store.found(late))).toMatchObject({ code: 'ERR_GENERATION', current: 2 });
      expect(await store.members(scene.rid)).toHaveLength(2);
      clock.advance(59_000);
      expect(await scene.reinit(store, other)).toMatchObject({ generation: 3, fresh: true });
    });

    it('isn’t somebody who proved the gate before the group was there, though the generation is known', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const [founder, late] = [newPerson(), newPerson()];
      await store.create(scene.creation(founder.connection));
      await scene.knock(store, late);
      await scene.found(store, founder);
      const refusal = await refusalOf(scene.foundBy(store, late, undefined));
      expect(refusal).toMatchObject({ code: 'ERR_GENERATION', current: 1 });
      expect(await store.members(scene.rid)).toMatchObject([{ mid: founder.mid }]);
    });

    it('speaks by its own connection only; a stranger or a newcomer can’t end a group', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await store.append(scene.message(founder));
      const newcomer = newPerson();
      await scene.knock(store, newcomer);
      scene.gid = randomOf(32);
      for (const person of [newcomer, newPerson(), { ...founder, connection: 'another' }]) {
        expect(await codeOf(scene.reinit(store, person))).toBe('ERR_NOT_MEMBER');
        expect(await codeOf(scene.foundBy(store, person, undefined))).toBe('ERR_NOT_MEMBER');
      }
      expect(await store.head(scene.rid)).toEqual({ generation: 1, seq: 1, epoch: 0 });
    });
  });
}
