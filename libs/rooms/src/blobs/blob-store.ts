import type { Bytes } from '@bytechat/protocol';
import type { AddressKeys, MemberConnection } from '../room-store.ts';

/**
 * The port behind which the files of rooms live: opaque chunks under ids that only members are told. A file lives as
 * long as the message that tells of it, and never longer than its room's group. Every mutation is atomic and idempotent
 * by its bytes; methods throw {@link RoomError} for a refusal.
 *
 * `libs/testing` holds the conformance suite that every implementation passes. What it leaves out: which lengths and
 * which sizes are right, see `create-blobs.ts`.
 */
export interface BlobStore {
  /**
   * Keeps one chunk. Answers with the first chunk that is missing still, which is their number when there is none.
   * Refusals, in this order: ERR_NOT_MEMBER, ERR_FORMAT (another size than before, or other bytes than are kept),
   * ERR_BLOB_FULL (no space left for a new file: in the room, of the address, or at all), ERR_RATE.
   */
  putChunk(input: PutChunk): Promise<{ missing: number }>;
  /** @throws ERR_NOT_MEMBER, ERR_BLOB_NOT_FOUND, ERR_RATE. */
  getChunk(input: GetChunk): Promise<Bytes>;
}

export interface GetChunk extends MemberConnection {
  fileId: Bytes;
  index: number;
}

export interface PutChunk extends GetChunk {
  /** Whose share of space it takes. */
  address: AddressKeys;
  /** Bytes of all chunks, and how many they are. */
  size: number;
  chunks: number;
  bytes: Bytes;
}

/** How much space files may take; the same on every pod. */
export interface BlobLimits {
  /** One file, in bytes before encryption. */
  maxFileBytes: number;
  /** All files of a room, and all files that came from an address, in bytes as they are stored. */
  maxRoomBytes: number;
  maxAddressBytes: number;
}
