import type { LogPage, RoomStore } from '@bytechat/rooms';
import type { Stage } from './harness.ts';
import { newPerson, randomOf, Scene, type Person } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

export function carriedStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  const readFrom = (
    store: RoomStore,
    { rid }: Scene,
    { mid }: Person,
    [generation, seq]: [number, number],
  ): Promise<LogPage> => store.read({ rid, mid, from: { generation, seq }, maxBytes: 50_000 });

  describe('a room under another master', () => {
    it('goes on in the next generation with its members, its log and its epoch', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      await store.append(scene.message(other));
      await world.changeMaster();
      expect(await store.head(scene.rid)).toEqual({ generation: 2, seq: 2, epoch: 1 });
      expect(await world.open().members(scene.rid)).toMatchObject([{ idx: 0 }, { idx: 1 }]);
      const page = await readFrom(store, scene, other, [1, 1]);
      const head = { generation: 2, seq: 2, epoch: 1 };
      const base = { generation: 1, seq: 2 };
      expect(page).toMatchObject({ recovered: true, head, items: [{ kind: 'message', seq: 2 }], base });
      expect(await readFrom(store, scene, other, [1, 3])).toEqual({ recovered: false, head });
    });

    it('is in a generation that the clock names, so that one who forgot it doesn’t name it again', async () => {
      const { store, world, clock } = await setUp();
      clock.advance(70_000);
      const scene = new Scene();
      const founder = newPerson();
      await store.create(scene.creation(founder.connection));
      expect(await store.head(scene.rid)).toMatchObject({ generation: 70 });
      await scene.found(store, founder);
      expect(scene.generation).toBe(71);
      clock.advance(30_000);
      await store.heartbeat(scene.rid, [{ ...founder, acted: true }]);
      await world.changeMaster();
      expect(await store.head(scene.rid)).toMatchObject({ generation: 100 });
      await world.changeMaster();
      expect(await store.head(scene.rid)).toMatchObject({ generation: 101 });
    });

    it('takes nothing for the old generation, and what it had taken it answers as before', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const message = scene.message(founder);
      const first = await store.append(message);
      const commit = scene.commitOf(founder);
      const { seq, epoch } = await store.commitEpoch(commit);
      await world.changeMaster();
      expect(await refusalOf(store.append(message))).toMatchObject({ code: 'ERR_GENERATION', current: 2 });
      expect(await refusalOf(store.commitEpoch(commit))).toMatchObject({
        code: 'ERR_GENERATION',
        current: 2,
      });
      const again = await store.append({ ...message, generation: 2 });
      expect(again).toEqual({ ...first, generation: 2, fresh: false });
      const repeated = await store.commitEpoch({ ...commit, generation: 2 });
      expect(repeated).toMatchObject({ generation: 2, seq, epoch, fresh: false });
    });

    it('answers a repeated founding as before', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const { newcomer: founder, connection } = newPerson();
      await store.create(scene.creation(connection));
      const group = { rid: scene.rid, expectGeneration: 0, gid: randomOf(32), params: randomOf(16) };
      const input = { ...group, founder, connection, member: undefined };
      await store.found(input);
      await world.changeMaster();
      expect(await store.found(input)).toMatchObject({ generation: 2, fresh: false });
    });

    it('has every wrap and group info still', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const person = newPerson();
      await scene.knock(store, person);
      const commit = scene.commitOf(founder, { adds: [{ kph: person.newcomer.kph, idx: 1 }] });
      const staged = await scene.stageOf(store, commit);
      await store.stage(staged);
      await store.commitEpoch(commit);
      scene.epoch = 1;
      const rekey = scene.commitOf(founder);
      const wraps = await scene.stageOf(store, rekey);
      await store.stage(wraps);
      await world.changeMaster();
      await store.commitEpoch({ ...rekey, generation: 2 });
      await world.changeMaster();
      expect(await store.groupInfo(scene.rid, commit.commitId, 0)).toEqual(staged.groupInfo?.bytes);
      expect((await store.wraps(scene.rid, 2, [1])).get(1)?.wrap).toEqual(wraps.wraps[0]?.wrap);
    });

    it('is no longer carried on once its group is another one', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      await world.changeMaster();
      expect(await readFrom(store, scene, founder, [1, 0])).toMatchObject({ recovered: true });
      scene.gid = randomOf(32);
      expect(await scene.reinit(store, founder)).toMatchObject({ generation: 3, seq: 0 });
      expect(await readFrom(store, scene, founder, [1, 0])).toMatchObject({ recovered: false });
      expect(await readFrom(store, scene, founder, [2, 0])).toMatchObject({ recovered: false });
      expect(await readFrom(store, scene, founder, [3, 0])).toMatchObject({ recovered: true });
      await store.leave({ rid, mid: founder.mid, connection: founder.connection });
      await world.changeMaster();
      const next = newPerson();
      await scene.knock(store, next);
      await scene.found(store, next);
      expect((await store.head(rid))?.generation).toBe(5);
      expect(await codeOf(readFrom(store, scene, founder, [3, 0]))).toBe('ERR_NOT_MEMBER');
      expect(await readFrom(store, scene, next, [3, 0])).toMatchObject({ recovered: false });
      expect(await readFrom(store, scene, next, [4, 0])).toMatchObject({ recovered: false });
    });
  });
}
