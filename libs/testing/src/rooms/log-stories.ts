import { DEFAULT_STORE_LIMITS, type LogPage } from '@bytechat/rooms';
import type { Stage } from './harness.ts';
import { newPerson, Scene, sha256Of } from './people.ts';
import { codeOf } from './refusals.ts';

const UNLIMITED = { ...DEFAULT_STORE_LIMITS, messageBurst: 10_000 };

export function logStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  const seqsOf = (page: LogPage): number[] => (page.recovered ? page.items.map(({ seq }) => seq) : []);
  const kindsOf = (page: LogPage): string[] => (page.recovered ? page.items.map(({ kind }) => kind) : []);

  describe('reading the log', () => {
    it('gives what came after a position, byte for byte', async () => {
      const { store, world, clock } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const messages = [scene.message(founder), scene.message(founder)];
      for (const message of messages) await store.append(message);
      const page = await world.open().read({ rid, mid: founder.mid, from: at(1, 0), maxBytes: 50_000 });
      expect(page).toEqual({
        recovered: true,
        head: { generation: 1, seq: 2, epoch: 0 },
        items: messages.map(({ env }, i) => ({ kind: 'message', seq: i + 1, at: clock.now(), env })),
        more: false,
      });
    });

    it('merges commits with the reader’s own wrap', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const other = await scene.admit(store, founder);
      await store.append(scene.message(founder));
      const commit = scene.commitOf(founder);
      const staged = await scene.stageOf(store, commit);
      await store.stage(staged);
      await store.commitEpoch(commit);
      const page = await store.read({ rid, mid: other.mid, from: at(1, 1), maxBytes: 50_000 });
      const { wrap, tag } = staged.wraps[0]!;
      expect(kindsOf(page)).toEqual(['message', 'commit']);
      expect(page.recovered && page.items[1]).toEqual({
        kind: 'commit',
        seq: 3,
        epoch: 2,
        frame: commit.frame,
        wrap: { wrap, tag },
      });
      const own = await store.read({ rid, mid: founder.mid, from: at(1, 2), maxBytes: 50_000 });
      expect(own.recovered && own.items).toEqual([{ kind: 'commit', seq: 3, epoch: 2, frame: commit.frame }]);
    });

    it('pages by bytes, one item at least, and says that there is more', async () => {
      const { store } = await setUp({ limits: UNLIMITED });
      const scene = new Scene();
      const { rid } = scene;
      const { mid, ...founder } = await scene.open(store);
      for (let i = 0; i < 40; i += 1) await store.append(scene.message({ mid, ...founder }));
      const read = (seq: number, maxBytes: number): Promise<LogPage> =>
        store.read({ rid, mid, from: at(1, seq), maxBytes });
      expect(seqsOf(await read(0, 1))).toEqual([1]);
      const page = await read(2, 4 * (298 + 64));
      expect(seqsOf(page)).toEqual([3, 4, 5, 6]);
      expect(page).toMatchObject({ more: true });
      expect(seqsOf(await read(0, 50_000))).toHaveLength(40);
      expect(await read(40, 50_000)).toMatchObject({ recovered: true, items: [], more: false });
    });

    it('keeps the newest 512 messages and only the hashes of older ones', async () => {
      const { store } = await setUp({ limits: UNLIMITED });
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const messages = Array.from({ length: 515 }, () => scene.message(founder));
      for (const message of messages) await store.append(message);
      const first = await store.read({ rid, mid: founder.mid, from: at(1, 0), maxBytes: 1_000 });
      expect(kindsOf(first)).toEqual(['hash', 'hash', 'hash', 'message', 'message']);
      expect(first.recovered && first.items[0]).toEqual({
        kind: 'hash',
        seq: 1,
        hash: sha256Of(messages[0]!.env),
      });
    });

    it('keeps the newest 4,096 hashes: what is behind them can’t be recovered', async () => {
      const { store } = await setUp({ limits: { ...UNLIMITED, maxMessages: 1 } });
      const scene = new Scene();
      const { rid } = scene;
      const founder = await scene.open(store);
      const messages = Array.from({ length: 4_098 }, () => scene.message(founder));
      await Promise.all(messages.map((message) => store.append(message)));
      const read = (seq: number): Promise<LogPage> =>
        store.read({ rid, mid: founder.mid, from: at(1, seq), maxBytes: 64 });
      expect(await read(1)).toMatchObject({ recovered: false });
      expect(seqsOf(await read(2))).toEqual([3]);
    }, 60_000);

    it('never serves an expired message, with no sweep in between', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene({ ttl_s: 60 });
      const { rid } = scene;
      const founder = await scene.open(store);
      await store.append(scene.message(founder));
      clock.advance(30_000);
      await store.append(scene.message(founder));
      const read = (): Promise<LogPage> =>
        store.read({ rid, mid: founder.mid, from: at(1, 0), maxBytes: 50_000 });
      clock.advance(29_999);
      expect(kindsOf(await read())).toEqual(['message', 'message']);
      clock.advance(1);
      expect(kindsOf(await read())).toEqual(['hash', 'message']);
      clock.advance(30_000);
      expect(kindsOf(await read())).toEqual(['hash', 'hash']);
    });

    it('says that it can’t recover a position that nothing covers any more', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene({ ttl_s: 60 });
      const { rid } = scene;
      const { mid, connection } = await scene.open(store);
      await store.append(scene.message({ mid, connection, idx: 0, newcomer: newPerson().newcomer }));
      clock.advance(200_000);
      await store.heartbeat(rid, [{ mid, connection, acted: false }]);
      clock.advance(120_000);
      const head = { generation: 1, seq: 1, epoch: 0 };
      const read = (generation: number, seq: number): Promise<LogPage> =>
        store.read({ rid, mid, from: at(generation, seq), maxBytes: 50_000 });
      expect(await read(1, 0)).toEqual({ recovered: false, head });
      expect(await read(1, 1)).toEqual({ recovered: true, head, items: [], more: false });
      expect(await read(1, 2)).toEqual({ recovered: false, head });
      expect(await read(0, 0)).toEqual({ recovered: false, head });
    });

    it('shows nothing to strangers', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(store);
      await store.append(scene.message(founder));
      const read = { rid: scene.rid, mid: newPerson().mid, from: at(1, 0), maxBytes: 50_000 };
      expect(await codeOf(store.read(read))).toBe('ERR_NOT_MEMBER');
    });
  });
}

const at = (generation: number, seq: number): { generation: number; seq: number } => ({ generation, seq });
