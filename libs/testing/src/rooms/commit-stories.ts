import type { Stage } from './harness.ts';
import { newPerson, newWrap, randomOf, Scene } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

export function commitStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  describe('committing', () => {
    it('lets one of several concurrent commits win; the epoch moves by one', async () => {
      const { store, world } = await setUp();
      const pods = [store, world.open(), world.open()];
      const scene = new Scene();
      const founder = await scene.open(store);
      const people = [founder, await scene.admit(store, founder), await scene.admit(store, founder)];
      const commits = people.map((person) => scene.commitOf(person));
      for (const commit of commits) await store.stage(await scene.stageOf(store, commit));
      const tries = await Promise.allSettled(commits.map((commit, i) => pods[i]!.commitEpoch(commit)));
      const lost = tries.filter((attempt) => attempt.status === 'rejected');
      expect(lost).toHaveLength(2);
      for (const { reason } of lost) expect(reason).toMatchObject({ code: 'ERR_EPOCH_STALE', current: 3 });
      expect(await store.head(scene.rid)).toEqual({ generation: 1, seq: 3, epoch: 3 });
    });

    it('answers the same commit with the first answer, and does nothing twice', async () => {
      const { store, world } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const person = newPerson();
      await scene.knock(store, person);
      const commit = scene.commitOf(founder, { adds: [{ kph: person.newcomer.kph, idx: 1 }], rekey: false });
      await store.stage(await scene.stageOf(store, commit));
      const first = await store.commitEpoch(commit);
      expect(first).toMatchObject({ generation: 1, seq: 1, epoch: 1, fresh: true, removed: [] });
      expect(first.added[0]?.newcomer).toEqual({ ...person.newcomer, connection: person.connection });
      const again = await world.open().commitEpoch(commit);
      expect(again).toEqual({
        generation: 1,
        seq: 1,
        epoch: 1,
        fresh: false,
        added: [],
        removed: [],
        turnedAway: [],
      });
      expect(await store.members(scene.rid)).toHaveLength(2);
    });

    it('hands the newcomer’s welcome to the committer’s pod, and the group info to whoever asks', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const person = newPerson();
      await scene.knock(store, person);
      const commit = scene.commitOf(founder, { adds: [{ kph: person.newcomer.kph, idx: 1 }] });
      const staged = await scene.stageOf(store, commit);
      await store.stage(staged);
      const { added } = await store.commitEpoch(commit);
      const { wrap, tag } = staged.welcomes[0]!;
      expect(added).toMatchObject([{ idx: 1, wrap, tag }]);
      expect(await store.groupInfo(scene.rid, commit.commitId, 0)).toEqual(staged.groupInfo?.bytes);
      expect(await codeOf(store.groupInfo(scene.rid, commit.commitId, 1))).toBe('ERR_STAGE_EXPIRED');
      expect(await codeOf(store.groupInfo(scene.rid, randomOf(32), 0))).toBe('ERR_STAGE_EXPIRED');
      clock.advance(319_999);
      const lease = { mid: founder.mid, connection: founder.connection, acted: false };
      await store.heartbeat(scene.rid, [lease]);
      expect(await store.groupInfo(scene.rid, commit.commitId, 0)).toEqual(staged.groupInfo?.bytes);
      clock.advance(1);
      expect(await codeOf(store.groupInfo(scene.rid, commit.commitId, 0))).toBe('ERR_STAGE_EXPIRED');
    });

    it('gives out wraps by slot for as long as somebody may come back', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const commit = scene.commitOf(founder);
      const staged = await scene.stageOf(store, commit);
      await store.stage(staged);
      const { epoch } = await store.commitEpoch(commit);
      const { wrap, tag } = staged.wraps[0]!;
      expect(await store.wraps(scene.rid, epoch, [0, other.idx])).toEqual(
        new Map([[other.idx, { wrap, tag }]]),
      );
      expect(await store.wraps(scene.rid, 99, [other.idx])).toEqual(new Map());
      clock.advance(200_000);
      await store.heartbeat(scene.rid, [{ mid: founder.mid, connection: founder.connection, acted: false }]);
      clock.advance(119_999);
      expect((await store.wraps(scene.rid, epoch, [other.idx])).size).toBe(1);
      clock.advance(1);
      expect((await store.wraps(scene.rid, epoch, [other.idx])).size).toBe(0);
    });

    it('refuses a rekey that lacks a wrap, has one too many, or a newcomer without welcome', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await scene.admit(store, founder);
      const person = newPerson();
      await scene.knock(store, person);
      const commit = (): ReturnType<typeof scene.commitOf> =>
        scene.commitOf(founder, { adds: [{ kph: person.newcomer.kph, idx: 2 }] });
      const spoil = async (change: (staged: Staged) => Partial<Staged>): Promise<string> => {
        const next = commit();
        const staged = await scene.stageOf(store, next);
        await store.stage({ ...staged, ...change(staged) });
        return codeOf(store.commitEpoch(next));
      };
      type Staged = Awaited<ReturnType<typeof scene.stageOf>>;
      const incomplete = 'ERR_WRAPS_INCOMPLETE';
      expect(await spoil(() => ({ wraps: [] }))).toBe(incomplete);
      expect(await spoil(({ wraps }) => ({ wraps: [...wraps, { idx: 7, ...newWrap() }] }))).toBe(incomplete);
      expect(await spoil(() => ({ welcomes: [] }))).toBe(incomplete);
      expect(await spoil(() => ({ groupInfo: undefined }))).toBe(incomplete);
      const moved = ({ welcomes }: Staged): Partial<Staged> => ({
        welcomes: welcomes.map((welcome) => ({ ...welcome, idx: 3 })),
      });
      expect(await spoil(moved)).toBe(incomplete);
      expect((await store.head(scene.rid))?.epoch).toBe(1);
      expect(await spoilNothing()).toMatchObject({ epoch: 2 });

      async function spoilNothing(): Promise<unknown> {
        const next = commit();
        await store.stage(await scene.stageOf(store, next));
        return store.commitEpoch(next);
      }
    });

    it('refuses a commit whose parts have expired, were never staged, or were pushed out by another', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await scene.admit(store, founder);
      const [first, second] = [scene.commitOf(founder), scene.commitOf(founder)];
      expect(await codeOf(store.commitEpoch(first))).toBe('ERR_STAGE_EXPIRED');
      await store.stage(await scene.stageOf(store, first));
      await store.stage(await scene.stageOf(store, second));
      expect(await codeOf(store.commitEpoch(first))).toBe('ERR_STAGE_EXPIRED');
      clock.advance(30_000);
      expect(await codeOf(store.commitEpoch(second))).toBe('ERR_STAGE_EXPIRED');
    });

    it('stages the same part twice as one, and 1 MiB at most', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const { rid } = scene;
      const { mid, connection } = founder;
      const stage = (part: number): Promise<void> =>
        store.stage({
          ...{ rid, mid, connection, commitId, wraps: [], welcomes: [] },
          groupInfo: { part, bytes: randomOf(256 * 1024) },
        });
      const commitId = randomOf(32);
      for (const part of [0, 1, 2, 2, 3, 3]) await stage(part);
      expect(await codeOf(stage(4))).toBe('ERR_TOO_LARGE');
      const stranger = { ...newPerson(), rid, commitId, wraps: [], welcomes: [], groupInfo: undefined };
      expect(await codeOf(store.stage(stranger))).toBe('ERR_NOT_MEMBER');
    });

    it('refuses taken slots, members added twice, and newcomers who no longer wait', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const person = newPerson();
      await scene.knock(store, person);
      const { kph } = person.newcomer;
      const attempt = (adds: { kph: typeof kph; idx: number }[]): Promise<string> =>
        codeOf(scene.commit(store, founder, { adds }));
      expect(await attempt([{ kph, idx: 1 }])).toBe('ERR_FORMAT');
      expect(
        await attempt([
          { kph, idx: 2 },
          { kph, idx: 3 },
        ]),
      ).toBe('ERR_FORMAT');
      expect(await attempt([{ kph: randomOf(32), idx: 2 }])).toBe('ERR_STAGE_EXPIRED');
      await scene.knock(store, { ...newPerson(), newcomer: { ...person.newcomer, mid: other.mid } });
      expect(
        await attempt([
          { kph, idx: 2 },
          { kph, idx: 3 },
        ]),
      ).toBe('ERR_FORMAT');
      clock.advance(120_000);
      expect(await attempt([{ kph, idx: 2 }])).toBe('ERR_STAGE_EXPIRED');
    });

    it('removes who has left and whose membership has run out, and nobody else', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const remove = (idx: number, reason: 'left' | 'timeout'): Promise<unknown> =>
        scene.commit(store, founder, { removes: [{ idx, reason }] });
      expect(await codeOf(remove(0, 'left'))).toBe('ERR_FORMAT');
      expect(await codeOf(remove(5, 'left'))).toBe('ERR_FORMAT');
      expect(await codeOf(remove(1, 'left'))).toBe('ERR_FORMAT');
      expect(await codeOf(remove(1, 'timeout'))).toBe('ERR_FORMAT');
      clock.advance(200_000);
      await store.heartbeat(rid, [{ mid: founder.mid, connection: founder.connection, acted: false }]);
      clock.advance(120_000);
      expect(await codeOf(remove(1, 'left'))).toBe('ERR_FORMAT');
      const { removed } = (await remove(1, 'timeout')) as { removed: unknown[] };
      expect(removed).toMatchObject([{ idx: 1, mid: other.mid, state: 'timeout' }]);
      expect(await store.members(rid)).toHaveLength(1);
      expect(await codeOf(store.resume({ rid, mid: other.mid, connection: 'c' }))).toBe('ERR_NOT_MEMBER');
    });

    it('frees the slot of a removed member within the same commit', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      await store.leave({ rid, mid: other.mid, connection: other.connection });
      const person = newPerson();
      await scene.knock(store, person);
      await scene.commit(store, founder, {
        adds: [{ kph: person.newcomer.kph, idx: 1 }],
        removes: [{ idx: 1, reason: 'left' }],
      });
      expect((await store.members(rid)).map(({ mid }) => mid)).toEqual([founder.mid, person.mid]);
    });

    it('lets a member commit three times at once and then once a second, over two pods; the staged parts wait', async () => {
      const { store, world, clock } = await setUp();
      const pods = [store, world.open()];
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      for (let i = 0; i < 2; i += 1) await scene.commit(pods[i]!, founder);
      const fast = scene.commitOf(founder);
      await store.stage(await scene.stageOf(store, fast));
      const refusal = await refusalOf(pods[1]!.commitEpoch(fast));
      expect(refusal).toMatchObject({ code: 'ERR_RATE', retryAfterMs: 1_000 });
      clock.advance(999);
      expect(await codeOf(store.commitEpoch(fast))).toBe('ERR_RATE');
      clock.advance(1);
      expect(await store.commitEpoch(fast)).toMatchObject({ fresh: true, epoch: 4 });
      expect(await store.commitEpoch(fast)).toMatchObject({ fresh: false, epoch: 4 });
      scene.epoch = 4;
      expect(await scene.commit(store, other)).toMatchObject({ epoch: 5 });
    });

    it('refuses commits of strangers, of another generation and of another suite', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      expect(await codeOf(store.commitEpoch(scene.commitOf(newPerson())))).toBe('ERR_NOT_MEMBER');
      const foreign = await refusalOf(store.commitEpoch(scene.commitOf(founder, { generation: 4 })));
      expect(foreign).toMatchObject({ code: 'ERR_GENERATION', current: 1 });
      expect(await codeOf(store.commitEpoch({ ...scene.commitOf(founder), suite: 1 }))).toBe('ERR_FORMAT');
    });
  });
}
