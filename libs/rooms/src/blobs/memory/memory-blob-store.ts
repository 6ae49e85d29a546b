import { MAX_BLOBS, type Bytes } from '@bytechat/protocol';
import { keysOf } from '../../address.ts';
import { hex } from '../../bytes.ts';
import type { MemoryRoomStore } from '../../memory/memory-room-store.ts';
import { RoomError } from '../../room-error.ts';
import type { AddressKeys } from '../../room-store.ts';
import { PROTOCOL_LIFETIMES, type StoreLifetimes } from '../../store-settings.ts';
import type { BlobLimits, BlobStore, GetChunk, PutChunk } from '../blob-store.ts';
import { isKept, keepChunk } from './room-blobs.ts';

/** All files of the process together: the embedded store lives in the gateway's own memory. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;

interface Held {
  size: number;
  ends: number;
}

/** Files of rooms in the memory of this process; they lie with the rooms and go with them. */
export class MemoryBlobStore implements BlobStore {
  readonly #rooms: MemoryRoomStore;
  readonly #limits: BlobLimits;
  readonly #keepMs: number;
  readonly #now: () => number;
  readonly #held = new Map<string, Map<string, Held>>();

  constructor(settings: {
    rooms: MemoryRoomStore;
    limits: BlobLimits;
    lifetimes?: Partial<StoreLifetimes>;
    now?: () => number;
  }) {
    const { rooms, limits, lifetimes = {}, now = Date.now } = settings;
    this.#rooms = rooms;
    this.#limits = limits;
    this.#keepMs = lifetimes.keepMs ?? PROTOCOL_LIFETIMES.keepMs;
    this.#now = now;
  }

  async putChunk(input: PutChunk): Promise<{ missing: number }> {
    const now = this.#now();
    const group = this.#rooms.groupOfSpeaker(input);
    const known = group.blobs.find(input, now);
    if (known !== undefined && isKept(known, input)) return { missing: known.missing };
    if (known === undefined) this.#takeSpace(input, group.blobs.usage(now), now);
    group.buckets.spend(input.mid, 'blobPut', now);
    const blob = known ?? group.blobs.add(input);
    keepChunk(blob, input);
    blob.ends = now + (blob.missing === blob.count ? group.messageMs : this.#keepMs);
    this.#hold(input, blob.ends);
    return { missing: blob.missing };
  }

  async getChunk({ rid, mid, connection, fileId, index }: GetChunk): Promise<Bytes> {
    const now = this.#now();
    const group = this.#rooms.groupOfSpeaker({ rid, mid, connection });
    const bytes = group.blobs.chunk(fileId, index, now);
    if (bytes === undefined) throw new RoomError('ERR_BLOB_NOT_FOUND');
    group.buckets.spend(mid, 'blobGet', now);
    return bytes;
  }

  #takeSpace({ size, address }: PutChunk, room: { bytes: number; files: number }, now: number): void {
    const { maxRoomBytes, maxAddressBytes } = this.#limits;
    this.#forgetEnded(now);
    const ofAddress = this.#heldBy(address);
    const isFull =
      room.bytes + size > maxRoomBytes ||
      room.files >= MAX_BLOBS ||
      ofAddress.bytes + size > maxAddressBytes ||
      ofAddress.files >= MAX_BLOBS ||
      this.#rooms.blobBytes() + size > MAX_TOTAL_BYTES;
    if (isFull) throw new RoomError('ERR_BLOB_FULL');
  }

  #hold({ address, fileId, size }: PutChunk, ends: number): void {
    for (const key of keysOf(address)) {
      const files = this.#held.get(key) ?? new Map<string, Held>();
      this.#held.set(key, files.set(hex(fileId), { size, ends }));
    }
  }

  /** Of every address: who never comes back would be remembered for ever. */
  #forgetEnded(now: number): void {
    for (const [key, files] of this.#held) {
      for (const [id, { ends }] of files) if (ends <= now) files.delete(id);
      if (files.size === 0) this.#held.delete(key);
    }
  }

  /** What an address holds under today's and yesterday's key together. */
  #heldBy(address: AddressKeys): { bytes: number; files: number } {
    const files = new Map<string, number>();
    for (const key of keysOf(address)) {
      for (const [id, { size }] of this.#held.get(key) ?? []) files.set(id, size);
    }
    return { bytes: [...files.values()].reduce((sum, size) => sum + size, 0), files: files.size };
  }
}
