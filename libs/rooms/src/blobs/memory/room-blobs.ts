import type { Bytes } from '@bytechat/protocol';
import { copyOf, equal, hex } from '../../bytes.ts';
import { RoomError } from '../../room-error.ts';
import type { PutChunk } from '../blob-store.ts';

interface Blob {
  size: number;
  chunks: Map<number, Bytes>;
  count: number;
  missing: number;
  ends: number;
}

/** The files of one group: they go with it. */
export class RoomBlobs {
  readonly #blobs = new Map<string, Blob>();

  get chunks(): number {
    return [...this.#blobs.values()].reduce((sum, { chunks }) => sum + chunks.size, 0);
  }

  /** Bytes and number of the files that have not ended. */
  usage(now: number): { bytes: number; files: number } {
    this.trim(now);
    let bytes = 0;
    for (const { size } of this.#blobs.values()) bytes += size;
    return { bytes, files: this.#blobs.size };
  }

  /** The file of a chunk, or undefined when it is new. @throws ERR_FORMAT when it has another size. */
  find({ fileId, size }: PutChunk, now: number): Blob | undefined {
    const blob = this.#living(fileId, now);
    if (blob !== undefined && blob.size !== size) throw new RoomError('ERR_FORMAT');
    return blob;
  }

  add({ fileId, size, chunks: count }: PutChunk): Blob {
    const blob = { size, chunks: new Map<number, Bytes>(), count, missing: 0, ends: 0 };
    this.#blobs.set(hex(fileId), blob);
    return blob;
  }

  chunk(fileId: Bytes, index: number, now: number): Bytes | undefined {
    return this.#living(fileId, now)?.chunks.get(index);
  }

  /** @returns how many files had ended. */
  trim(now: number): number {
    let removed = 0;
    for (const [id, { ends }] of this.#blobs) if (ends <= now && this.#blobs.delete(id)) removed += 1;
    return removed;
  }

  #living(fileId: Bytes, now: number): Blob | undefined {
    const blob = this.#blobs.get(hex(fileId));
    return blob !== undefined && blob.ends > now ? blob : undefined;
  }
}

/** Whether these bytes are kept already. @throws ERR_FORMAT when others are. */
export function isKept({ chunks }: Blob, { index, bytes }: PutChunk): boolean {
  const kept = chunks.get(index);
  if (kept !== undefined && !equal(kept, bytes)) throw new RoomError('ERR_FORMAT');
  return kept !== undefined;
}

export function keepChunk(blob: Blob, { index, bytes }: PutChunk): void {
  blob.chunks.set(index, copyOf(bytes));
  while (blob.chunks.has(blob.missing)) blob.missing += 1;
}
