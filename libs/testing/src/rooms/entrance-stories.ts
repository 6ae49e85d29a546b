import type { Stage } from './harness.ts';
import { newPerson, randomOf, Scene } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

export function entranceStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  describe('coming in', () => {
    it('makes a room once, and tells the second maker that it exists', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      await store.create(scene.creation('first'));
      expect(await codeOf(world.open().create(scene.creation('second')))).toBe('ERR_ROOM_EXISTS');
    });

    it('takes a repeated creation for the same one', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      await store.create(scene.creation('first'));
      await store.create(scene.creation('first'));
      expect((await store.state(scene.rid))?.head).toEqual({ generation: 0, seq: 0, epoch: 0 });
    });

    it('never makes a room by joining', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      expect(await codeOf(scene.knock(store, newPerson()))).toBe('ERR_ROOM_NOT_FOUND');
      expect(await store.state(scene.rid)).toBeUndefined();
    });

    it('lets the maker found the group, in slot 0 of generation 1', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      expect(await store.head(scene.rid)).toEqual({ generation: 1, seq: 0, epoch: 0 });
      const [member] = await store.members(scene.rid);
      expect(member).toMatchObject({
        idx: 0,
        mid: founder.mid,
        connection: founder.connection,
        state: 'present',
      });
    });

    it('lets nobody found who has not proven the gate', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      await store.create(scene.creation('maker'));
      expect(await codeOf(scene.found(store, newPerson('stranger')))).toBe('ERR_NOT_MEMBER');
    });

    it('gives the right to found up after a while', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      await store.create(scene.creation('maker'));
      clock.advance(120_000);
      expect(await codeOf(scene.found(store, newPerson('maker')))).toBe('ERR_NOT_MEMBER');
    });

    it('lets one of two concurrent founders win, and tells the other the generation', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const [a, b] = [newPerson(), newPerson()];
      await store.create(scene.creation(a.connection));
      expect(await scene.knock(store, b)).toEqual({ state: 'created' });
      const tries = await Promise.allSettled([scene.found(store, a), scene.found(world.open(), b)]);
      const lost = tries.filter((attempt) => attempt.status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(lost[0]?.reason).toMatchObject({ code: 'ERR_GENERATION', current: 1 });
      expect(await store.members(scene.rid)).toHaveLength(1);
    });

    it('tells a founder who saw an older generation the present one', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const { mid, connection } = await scene.open(store);
      await store.leave({ rid, mid, connection });
      const { newcomer: founder, ...late } = newPerson();
      await scene.knock(store, { newcomer: founder, ...late });
      const input = { rid, expectGeneration: 0, gid: randomOf(32), params: randomOf(16), founder };
      const { connection: own } = late;
      const refusal = await refusalOf(store.found({ ...input, connection: own, member: undefined }));
      expect(refusal).toMatchObject({ code: 'ERR_GENERATION', current: 1 });
    });

    it('answers a repeated founding with the first answer', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const { newcomer: founder, connection } = newPerson();
      await store.create(scene.creation(connection));
      const group = { rid: scene.rid, expectGeneration: 0, gid: randomOf(32), params: randomOf(16) };
      const input = { ...group, founder, connection, member: undefined };
      const first = await store.found(input);
      expect(first).toEqual({ generation: 1, seq: 0, epoch: 0, fresh: true, first: true, turnedAway: [] });
      expect(await store.found(input)).toEqual({ ...first, fresh: false });
    });

    it('queues a newcomer whom a member then lets in', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const person = newPerson();
      expect(await scene.knock(store, person)).toEqual({ state: 'pending' });
      expect(await store.pending(scene.rid)).toEqual([{ ...person.newcomer, connection: person.connection }]);
      await scene.admit(store, founder, person);
      expect(await store.pending(scene.rid)).toEqual([]);
      expect((await store.members(scene.rid)).map(({ mid }) => mid)).toEqual([founder.mid, person.mid]);
    });

    it('keeps one place in the waiting list for a newcomer who asks again', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      await scene.open(store);
      const person = newPerson();
      await scene.knock(store, person);
      await scene.knock(store, { ...person, connection: 'another' });
      await scene.knock(store, newPerson('another'));
      expect(await store.pending(scene.rid)).toHaveLength(1);
    });

    it('forgets a newcomer who gave up, and one for whom nobody came', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      await scene.open(store);
      const [impatient, patient] = [newPerson(), newPerson()];
      await scene.knock(store, impatient);
      await scene.knock(store, patient);
      await store.withdraw(scene.rid, impatient.connection);
      expect((await store.pending(scene.rid)).map(({ mid }) => mid)).toEqual([patient.mid]);
      clock.advance(120_000);
      expect(await store.pending(scene.rid)).toEqual([]);
    });

    it('asks newcomers to come back when too many wait', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      await scene.open(store);
      for (let i = 0; i < 64; i += 1) await scene.knock(store, newPerson());
      const refusal = await refusalOf(scene.knock(store, newPerson()));
      expect(refusal).toMatchObject({ code: 'ERR_BUSY', retryAfterMs: expect.any(Number) });
    });

    it('refuses whoever is over the capacity', async () => {
      const { store } = await setUp();
      const scene = new Scene({ max: 2 });
      const founder = await scene.open(store);
      const [second, third] = [newPerson(), newPerson()];
      await scene.knock(store, second);
      await scene.knock(store, third);
      await scene.admit(store, founder, second);
      expect(await codeOf(scene.knock(store, newPerson()))).toBe('ERR_FULL');
      expect(await codeOf(scene.admit(store, founder, third))).toBe('ERR_FULL');
    });

    it('binds a member to a new connection and names the one it replaces', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const { rid } = scene;
      const resumed = { idx: 0, replaced: founder.connection };
      expect(await store.resume({ rid, mid: founder.mid, connection: 'new' })).toEqual(resumed);
      expect(await world.open().resume({ rid, mid: founder.mid, connection: 'new' })).toEqual(resumed);
      expect(await codeOf(store.append(scene.message(founder)))).toBe('ERR_NOT_MEMBER');
      expect(await store.append(scene.message({ ...founder, connection: 'new' }))).toMatchObject({ seq: 1 });
    });

    it('tells an unknown room and an unknown member apart on resume', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const resume = { rid: scene.rid, mid: randomOf(16), connection: 'c' };
      expect(await codeOf(store.resume(resume))).toBe('ERR_ROOM_NOT_FOUND');
      await scene.open(store);
      expect(await codeOf(store.resume(resume))).toBe('ERR_NOT_MEMBER');
    });
  });
}
