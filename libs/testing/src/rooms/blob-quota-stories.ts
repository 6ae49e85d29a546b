import { BLOB_CHUNK_BYTES } from '@bytechat/protocol';
import type { BlobStage } from './blob-conformance.ts';
import { TestFile } from './blob-files.ts';
import { newAddress, Scene } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

const HUNDRED_KIB = 100 * 1_024;

export function blobQuotaStories({ jest: { describe, it, expect }, setUp }: BlobStage): void {
  describe('space for files', () => {
    it('is bounded for a room, whoever sends and on whichever pod, and frees itself', async () => {
      const { world, rooms, blobs, clock } = await setUp({ lifetimes: { membershipMs: 10_000_000 } });
      const scene = new Scene();
      const founder = await scene.open(rooms);
      const other = await scene.admit(rooms, founder);
      const people = [founder, other, founder];
      for (const person of people) await new TestFile(scene, HUNDRED_KIB).put(world.open(), person, 0);
      const late = new TestFile(scene, HUNDRED_KIB);
      expect(await codeOf(late.put(blobs, other, 0))).toBe('ERR_BLOB_FULL');
      await new TestFile(scene, 20 * 1_024).put(blobs, other, 0);
      clock.advance(320_000);
      expect(await late.put(blobs, other, 0)).toEqual({ missing: 1 });
    });

    it('is taken once for a file, with its first chunk', async () => {
      const { rooms, blobs } = await setUp();
      const scene = new Scene();
      const founder = await scene.open(rooms);
      const files = Array.from({ length: 3 }, () => new TestFile(scene, HUNDRED_KIB));
      for (const file of files) await file.putAll(blobs, founder);
      for (const file of files) expect(await file.put(blobs, founder, 0)).toEqual({ missing: 4 });
    });

    it('is bounded for an address over all its rooms, also over midnight', async () => {
      const { world, rooms } = await setUp();
      const address = newAddress();
      const tomorrow = { current: newAddress().current, previous: address.current };
      const scenes = Array.from({ length: 5 }, () => new Scene());
      const founders = [];
      for (const scene of scenes) founders.push(await scene.open(rooms));
      for (let i = 0; i < 4; i++)
        await new TestFile(scenes[i]!, HUNDRED_KIB, address).put(world.open(), founders[i]!, 0);
      const [scene, founder] = [scenes[4]!, founders[4]!];
      for (const same of [address, tomorrow])
        expect(await codeOf(new TestFile(scene, HUNDRED_KIB, same).put(world.open(), founder, 0))).toBe(
          'ERR_BLOB_FULL',
        );
      await new TestFile(scene, HUNDRED_KIB).put(world.open(), founder, 0);
    });

    it('of an address frees itself with the file', async () => {
      const { rooms, blobs, clock } = await setUp({ lifetimes: { membershipMs: 10_000_000 } });
      const address = newAddress();
      const scenes = [new Scene({ ttl_s: 600 }), new Scene(), new Scene()] as const;
      const [a, b, c] = [
        await scenes[0].open(rooms),
        await scenes[1].open(rooms),
        await scenes[2].open(rooms),
      ];
      await new TestFile(scenes[0], 200 * 1_024, address).putAll(blobs, a);
      await new TestFile(scenes[1], 200 * 1_024, address).putAll(blobs, b);
      const late = new TestFile(scenes[2], HUNDRED_KIB, address);
      clock.advance(599_999);
      expect(await codeOf(late.put(blobs, c, 0))).toBe('ERR_BLOB_FULL');
      clock.advance(1);
      await late.put(blobs, c, 0);
    });

    it('is not lost to an address by a file that the room has no space for', async () => {
      const { rooms, blobs } = await setUp();
      const address = newAddress();
      const [full, free] = [new Scene(), new Scene()];
      const [anna, ben] = [await full.open(rooms), await free.open(rooms)];
      for (let i = 0; i < 3; i++) await new TestFile(full, HUNDRED_KIB).put(blobs, anna, 0);
      for (let i = 0; i < 3; i++) {
        const refused = new TestFile(full, HUNDRED_KIB, address);
        expect(await codeOf(refused.put(blobs, anna, 0))).toBe('ERR_BLOB_FULL');
      }
      for (let i = 0; i < 3; i++) await new TestFile(free, HUNDRED_KIB, address).put(blobs, ben, 0);
    });
  });

  describe('the pace of files', () => {
    it('is bounded for each member, counted over all pods, and leaves messages alone', async () => {
      const rates = { blobPut: { burst: 2, intervalMs: 50 }, blobGet: { burst: 3, intervalMs: 25 } };
      const { world, rooms, blobs, clock } = await setUp({ rates });
      const scene = new Scene();
      const founder = await scene.open(rooms);
      const other = await scene.admit(rooms, founder);
      const file = new TestFile(scene, 3 * BLOB_CHUNK_BYTES);
      for (let i = 0; i < 2; i++) await file.put(world.open(), founder, i);
      expect(await refusalOf(file.put(blobs, founder, 2))).toMatchObject({
        code: 'ERR_RATE',
        retryAfterMs: 50,
      });
      expect(await file.put(blobs, founder, 1)).toEqual({ missing: 2 });
      clock.advance(50);
      await file.put(blobs, founder, 2);
      for (let i = 0; i < 3; i++) await file.get(world.open(), other, i);
      expect(await refusalOf(file.get(blobs, other, 0))).toMatchObject({
        code: 'ERR_RATE',
        retryAfterMs: 25,
      });
      await file.get(blobs, founder, 0);
      for (const person of [founder, other]) await rooms.append(scene.message(person));
    });
  });
}
