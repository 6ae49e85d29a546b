import { BLOB_CHUNK_BYTES } from '@bytechat/protocol';
import type { BlobStage } from './blob-conformance.ts';
import { TestFile } from './blob-files.ts';
import { newPerson, randomOf, Scene } from './people.ts';
import { codeOf } from './refusals.ts';

const THREE_CHUNKS = 2 * BLOB_CHUNK_BYTES + 100;

export function blobStories({ jest: { describe, it, expect }, setUp }: BlobStage): void {
  describe('files', () => {
    it('come back as they went in, to any member on any pod', async () => {
      const { world, rooms, blobs } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(rooms);
      const other = await scene.admit(rooms, founder);
      const file = new TestFile(scene, THREE_CHUNKS);
      const answers = [];
      for (let i = 0; i < 3; i++) answers.push(await file.put(blobs, founder, i));
      expect(answers).toEqual([{ missing: 1 }, { missing: 2 }, { missing: 3 }]);
      for (let i = 0; i < 3; i++) expect(await file.get(world.open(), other, i)).toEqual(file.chunk(i));
    });

    it('take a chunk twice when it is the same, and never another in its place', async () => {
      const { world, rooms, blobs } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(rooms);
      const file = new TestFile(scene, THREE_CHUNKS);
      await file.put(blobs, founder, 0);
      expect(await file.put(world.open(), founder, 0)).toEqual({ missing: 1 });
      const other = { bytes: randomOf(BLOB_CHUNK_BYTES) };
      expect(await codeOf(file.put(blobs, founder, 0, other))).toBe('ERR_FORMAT');
      const larger = { size: THREE_CHUNKS + 1 };
      expect(await codeOf(file.put(blobs, founder, 1, larger))).toBe('ERR_FORMAT');
      expect(await file.get(blobs, founder, 0)).toEqual(file.chunk(0));
    });

    it('tell which chunk is the first that is missing, in whatever order they come', async () => {
      const { rooms, blobs } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(rooms);
      const file = new TestFile(scene, 3 * BLOB_CHUNK_BYTES + 17);
      const order = [2, 0, 3, 1];
      const missing = [];
      for (const index of order) missing.push((await file.put(blobs, founder, index)).missing);
      expect(missing).toEqual([0, 1, 1, 4]);
    });

    it('are for members on their own connection only, and for those of this room', async () => {
      const { rooms, blobs } = await setUp();
      const [scene, elsewhere] = [new Scene(), new Scene()];
      const founder = await scene.open(rooms);
      const neighbour = await elsewhere.open(rooms);
      const file = new TestFile(scene, 100);
      await file.putAll(blobs, founder);
      const stranger = newPerson();
      const thief = { ...founder, connection: 'another' };
      for (const nobody of [stranger, thief, neighbour]) {
        expect(await codeOf(file.get(blobs, nobody, 0))).toBe('ERR_NOT_MEMBER');
        expect(await codeOf(file.put(blobs, nobody, 0))).toBe('ERR_NOT_MEMBER');
      }
      expect(await codeOf(file.get(blobs, neighbour, 0, elsewhere.rid))).toBe('ERR_BLOB_NOT_FOUND');
      await rooms.leave({ rid: scene.rid, mid: founder.mid, connection: founder.connection });
      expect(await codeOf(file.get(blobs, founder, 0))).toBe('ERR_NOT_MEMBER');
    });

    it('are not there when nobody has put them there', async () => {
      const { rooms, blobs } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(rooms);
      const file = new TestFile(scene, THREE_CHUNKS);
      await file.put(blobs, founder, 0);
      expect(await codeOf(file.get(blobs, founder, 1))).toBe('ERR_BLOB_NOT_FOUND');
      expect(await codeOf(file.get(blobs, founder, 7))).toBe('ERR_BLOB_NOT_FOUND');
      expect(await codeOf(new TestFile(scene, 50).get(blobs, founder, 0))).toBe('ERR_BLOB_NOT_FOUND');
    });

    it('live as long as a message, and unfinished ones only as long as somebody may come back', async () => {
      const { world, rooms, blobs, clock } = await setUp({ lifetimes: { membershipMs: 10_000_000 } });
      const scene = new Scene({ ttl_s: 3_600 });
      const founder = await scene.open(rooms);
      const [whole, part] = [new TestFile(scene, THREE_CHUNKS), new TestFile(scene, THREE_CHUNKS)];
      await whole.putAll(blobs, founder);
      await part.put(blobs, founder, 0);
      clock.advance(319_999);
      await part.get(blobs, founder, 0);
      clock.advance(1);
      expect(await codeOf(part.get(blobs, founder, 0))).toBe('ERR_BLOB_NOT_FOUND');
      clock.advance(3_600_000 - 320_000 - 1);
      await whole.get(blobs, founder, 2);
      clock.advance(1);
      expect(await codeOf(whole.get(blobs, founder, 2))).toBe('ERR_BLOB_NOT_FOUND');
      await rooms.heartbeat(scene.rid, [{ mid: founder.mid, connection: founder.connection, acted: false }]);
      expect(await world.countChunks()).toBe(0);
    });

    it('begin anew when they have ended: the client is told to send from the first chunk', async () => {
      const { rooms, blobs, clock } = await setUp({ lifetimes: { membershipMs: 10_000_000 } });
      const scene = new Scene();
      const founder = await scene.open(rooms);
      const file = new TestFile(scene, THREE_CHUNKS);
      await file.put(blobs, founder, 0);
      clock.advance(320_000);
      expect(await file.put(blobs, founder, 1)).toEqual({ missing: 0 });
      await file.put(blobs, founder, 0);
      expect(await file.put(blobs, founder, 2)).toEqual({ missing: 3 });
    });

    it('go with the group: when the last member leaves, and when it is founded anew', async () => {
      const { world, rooms, blobs } = await setUp();
      const [left, refounded] = [new Scene(), new Scene()];
      const [anna, ben] = [await left.open(rooms), await refounded.open(rooms)];
      await new TestFile(left, THREE_CHUNKS).putAll(blobs, anna);
      await new TestFile(refounded, THREE_CHUNKS).putAll(blobs, ben);
      expect(await world.countChunks()).toBe(6);
      await rooms.leave({ rid: left.rid, mid: anna.mid, connection: anna.connection });
      expect(await world.countChunks()).toBe(3);
      refounded.gid = randomOf(32);
      await refounded.reinit(rooms, ben);
      expect(await world.countChunks()).toBe(0);
    });

    it('go when everybody has stayed away for too long', async () => {
      const { rooms, blobs, clock } = await setUp();
      const scene = new Scene({ ttl_s: 86_400 });
      const founder = await scene.open(rooms);
      const file = new TestFile(scene, 100);
      await file.putAll(blobs, founder);
      clock.advance(320_000);
      expect(await codeOf(file.get(blobs, founder, 0))).toBe('ERR_NOT_MEMBER');
      await scene.knock(rooms, founder);
      scene.gid = randomOf(32);
      await scene.found(rooms, founder);
      expect(await codeOf(file.get(blobs, founder, 0))).toBe('ERR_BLOB_NOT_FOUND');
    });
  });
}
