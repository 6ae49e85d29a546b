import {
  BLOB_CHUNK_BYTES,
  MIN_BLOB_CHUNK_BYTES,
  type BlobGet,
  type BlobPut,
  type Bytes,
} from '@bytechat/protocol';
import { RoomError } from '../room-error.ts';
import type { AddressKeys } from '../room-store.ts';
import type { Seat } from '../rooms.ts';
import { seatedMember } from '../rules/seats.ts';
import type { BlobLimits, BlobStore } from './blob-store.ts';

/** The rules of files, between the edge and the store. Only members may do anything. Methods throw RoomError. */
export interface Blobs {
  /** `blob_put`. */
  put(seat: Seat, address: AddressKeys, request: BlobPut): Promise<{ missing: number }>;
  /** `blob_get`. */
  get(seat: Seat, request: BlobGet): Promise<{ bytes: Bytes }>;
}

export function createBlobs(store: BlobStore, { maxFileBytes }: Pick<BlobLimits, 'maxFileBytes'>): Blobs {
  const largest = maxFileBytes + Math.ceil(maxFileBytes / (BLOB_CHUNK_BYTES - TAG_BYTES)) * TAG_BYTES;
  return {
    async put(seat, address, { fileId, size, i: index, bytes }) {
      const member = seatedMember(seat);
      if (size > largest) throw new RoomError('ERR_BLOB_TOO_LARGE');
      const chunks = Math.ceil(size / BLOB_CHUNK_BYTES);
      if (bytes.length !== lengthOf(index, chunks, size)) throw new RoomError('ERR_FORMAT');
      return store.putChunk({ ...member, address, fileId, size, chunks, index, bytes });
    },
    async get(seat, { fileId, i: index }) {
      return { bytes: await store.getChunk({ ...seatedMember(seat), fileId, index }) };
    },
  };
}

/** What GCM adds to a chunk. */
const TAG_BYTES = 16;

/** All chunks but the last are full. Undefined where there is no such chunk, or the last would hold nothing. */
function lengthOf(index: number, chunks: number, size: number): number | undefined {
  const last = size - (chunks - 1) * BLOB_CHUNK_BYTES;
  if (index >= chunks || last < MIN_BLOB_CHUNK_BYTES) return undefined;
  return index === chunks - 1 ? last : BLOB_CHUNK_BYTES;
}
