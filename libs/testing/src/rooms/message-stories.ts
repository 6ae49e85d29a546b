import type { Stage } from './harness.ts';
import { newPerson, randomOf, Scene } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

export function messageStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  describe('sending', () => {
    it('numbers messages densely and stamps them with its own time', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const first = await store.append(scene.message(founder));
      clock.advance(5);
      const second = await store.append(scene.message(founder));
      expect(first).toEqual({ generation: 1, seq: 1, at: clock.now() - 5, fresh: true });
      expect(second).toEqual({ generation: 1, seq: 2, at: clock.now(), fresh: true });
    });

    it('answers the same cid with the first answer, whatever the epoch', async () => {
      const { store, world, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const message = scene.message(founder);
      const first = await store.append(message);
      clock.advance(10);
      expect(await world.open().append(message)).toEqual({ ...first, fresh: false });
      await scene.commit(store, founder);
      expect(await store.append({ ...message, env: randomOf(298), epoch: 1 })).toEqual({
        ...first,
        fresh: false,
      });
      expect(await store.append(message)).toEqual({ ...first, fresh: false });
    });

    it('refuses the same bytes under another cid, from whomever', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      const { env } = await appendNew(founder);
      expect(await codeOf(store.append(scene.message(founder, { env })))).toBe('ERR_DUPLICATE');
      expect(await codeOf(store.append(scene.message(other, { env })))).toBe('ERR_DUPLICATE');

      async function appendNew(person: typeof founder): Promise<{ env: Uint8Array<ArrayBuffer> }> {
        const message = scene.message(person);
        await store.append(message);
        return message;
      }
    });

    it('remembers no refusal: what was refused is accepted when its time has come', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      for (let i = 0; i < 5; i += 1) await store.append(scene.message(founder));
      const message = scene.message(founder);
      const refusal = await refusalOf(store.append(message));
      expect(refusal).toMatchObject({ code: 'ERR_RATE', retryAfterMs: 1_000 });
      expect(await codeOf(store.append({ ...message, epoch: 7 }))).toBe('ERR_EPOCH_STALE');
      clock.advance(1_000);
      expect(await store.append(message)).toMatchObject({ seq: 6, fresh: true });
    });

    it('allows a burst of five over two pods, then one a second', async () => {
      const { store, world, clock } = await setUp();
      const pods = [store, world.open()];
      const scene = new Scene();
      const founder = await scene.open(store);
      const send = (i: number): Promise<unknown> => pods[i % 2]!.append(scene.message(founder));
      const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => send(i)));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
      clock.advance(2_000);
      await send(0);
      await send(1);
      expect(await codeOf(send(0))).toBe('ERR_RATE');
    });

    it('counts ephemeral items in a bucket of their own and keeps only their hash', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const { rid } = scene;
      const beat = (): Promise<unknown> => store.append(scene.message(founder, { ephemeral: true }));
      for (let i = 0; i < 3; i += 1) await beat();
      expect(await refusalOf(beat())).toMatchObject({ code: 'ERR_RATE', retryAfterMs: 10_000 });
      await store.append(scene.message(founder));
      clock.advance(9_999);
      expect(await codeOf(beat())).toBe('ERR_RATE');
      clock.advance(1);
      await beat();
      const from = { generation: 1, seq: 0 };
      const page = await store.read({ rid, mid: founder.mid, from, maxBytes: 50_000 });
      const kinds = page.recovered ? page.items.map(({ kind }) => kind) : [];
      expect(kinds).toEqual(['hash', 'hash', 'hash', 'message', 'hash']);
    });

    it('tells what is current when the epoch or the generation is another', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await scene.commit(store, founder);
      const late = await refusalOf(store.append(scene.message(founder, { epoch: 0 })));
      expect(late).toMatchObject({ code: 'ERR_EPOCH_STALE', current: 1 });
      const foreign = await refusalOf(store.append(scene.message(founder, { generation: 9, epoch: 0 })));
      expect(foreign).toMatchObject({ code: 'ERR_GENERATION', current: 1 });
    });

    it('takes nothing from strangers, from old connections, or in another suite', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      expect(await codeOf(store.append(scene.message(newPerson())))).toBe('ERR_NOT_MEMBER');
      const elsewhere = { ...founder, connection: 'old' };
      expect(await codeOf(store.append(scene.message(elsewhere)))).toBe('ERR_NOT_MEMBER');
      expect(await codeOf(store.append(scene.message(founder, { suite: 1 })))).toBe('ERR_FORMAT');
      const unknown = scene.message(founder, { rid: randomOf(16) });
      expect(await codeOf(store.append(unknown))).toBe('ERR_NOT_MEMBER');
      expect((await store.head(scene.rid))?.seq).toBe(0);
    });

    it('forgets ids only when the message itself has expired', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      const lease = { mid: founder.mid, connection: founder.connection, acted: false };
      const message = scene.message(founder);
      const first = await store.append(message);
      for (let passed = 0; passed < 3_599_000; passed += 299_917) {
        clock.advance(Math.min(299_917, 3_599_000 - passed));
        await store.heartbeat(scene.rid, [lease]);
      }
      expect(await store.append(message)).toEqual({ ...first, fresh: false });
      expect(await codeOf(store.append({ ...message, cid: randomOf(16) }))).toBe('ERR_DUPLICATE');
      clock.advance(1_000);
      expect(await store.append(message)).toMatchObject({ seq: 2, fresh: true });
    });
  });
}
