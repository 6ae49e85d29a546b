/**
 * Every limit of the wire and its default, in one place. The operator may change those that the configuration
 * names; what is fixed by BC/1 (sizes of keys, buckets, tags) can't be changed without a new version.
 */
export const PROTOCOL_VERSION = 1;

/** Longest text of one message, in UTF-16 code units (the seed's MAX_MESSAGE_LENGTH). Checked by sender and receiver. */
export const MAX_TEXT_LENGTH = 4_000;
/** Length of an invite code without separators (the seed's MAX_ROOM_ID_LENGTH). */
export const INVITE_CODE_LENGTH = 32;
/** Largest WebSocket frame the gateway accepts, in bytes. */
export const MAX_FRAME_BYTES = 64 * 1024;
/** Largest part of staged commit data in one event, in bytes. */
export const MAX_STAGE_PART_BYTES = 48 * 1024;
/** All staged data of one commit, in bytes. */
export const MAX_STAGE_BYTES = 1024 * 1024;
/** ADD operations in one commit. */
export const MAX_ADDS_PER_COMMIT = 32;
/** Largest page that `sync_room` answers with, in bytes of items. */
export const MAX_SYNC_PAGE_BYTES = 48 * 1024;
/** Newcomers waiting for admission in one room. */
export const MAX_PENDING = 64;
/** A key update (PROTOCOL §6.9): suite 2, and suite 1, which lacks the 65 bytes of the ECDH key. */
export const KEY_UPDATE_LENGTHS = [468, 403] as const;
/** Key updates in one page of `ku_get`: 64 of the longer ones stay below 30 KiB. */
export const KEY_UPDATES_PER_PAGE = 64;
/** A complaint about a commit (NACK), in bytes: signed, so never short. */
export const MIN_NACK_BYTES = 64;
export const MAX_NACK_BYTES = 512;
/** A commit frame with 32 key packages stays well below this. */
export const MAX_COMMIT_FRAME_BYTES = 40 * 1024;

/** The seven plaintext buckets of BC/1 §6.12, in bytes. */
export const PADDING_BUCKETS = [256, 512, 1024, 2048, 4096, 8192, 16384] as const;
/** Bytes an envelope adds to its bucket: 26 header and 16 GCM tag. */
export const ENVELOPE_OVERHEAD = 42;
/** The only lengths an envelope may have. */
export const ENVELOPE_LENGTHS: readonly number[] = PADDING_BUCKETS.map(
  (bucket) => bucket + ENVELOPE_OVERHEAD,
);

/** One chunk of a file, encrypted, in bytes: 32 KiB and 16 of the GCM tag (PROTOCOL §6.15). The last one may be shorter. */
export const BLOB_CHUNK_BYTES = 32 * 1024 + 16;
/** A chunk that would hold nothing is none. */
export const MIN_BLOB_CHUNK_BYTES = 17;
/** The largest file that an operator may allow, and what is allowed by default, in bytes before encryption. */
export const MAX_BLOB_FILE_BYTES = 25 * 1024 * 1024;
export const DEFAULT_BLOB_FILE_BYTES = 5 * 1024 * 1024;
/** The chunks of the largest file, encrypted. */
export const MAX_BLOB_BYTES = MAX_BLOB_FILE_BYTES + Math.ceil(MAX_BLOB_FILE_BYTES / (32 * 1024)) * 16;
/** Files that one room, and one address over all rooms, may have stored at once, whatever their size. */
export const MAX_BLOBS = 256;

/** A volatile signal (typing) always has this many bytes. */
export const SIGNAL_BYTES = 96;

/** Life of the room's keys and of its members, in seconds. */
export const PRESENCE_LEASE_SECONDS = 20;
export const MEMBERSHIP_SECONDS = 300;
export const COMMIT_KEEP_SECONDS = 300;
export const STAGE_SECONDS = 30;
export const PENDING_SECONDS = 120;
/** How often a member may found a room's group anew (REINIT), in seconds. */
export const REINIT_INTERVAL_SECONDS = 60;
/** How many item hashes the server keeps for proofs of continuity. */
export const KEPT_HASHES = 4_096;

/** Message life: what a room may ask for and what it gets by default, in seconds. */
export const MIN_MESSAGE_TTL_SECONDS = 60;
export const MAX_MESSAGE_TTL_SECONDS = 86_400;
export const DEFAULT_MESSAGE_TTL_SECONDS = 3_600;

/** Weakest password stretching a client accepts (PBKDF2-SHA256 iterations). */
export const MIN_KDF_ITERATIONS = 600_000;
export const MAX_KDF_ITERATIONS = 10_000_000;

/** Reconnection tries before the person is asked (the seed's MAX_RECONNECT_ATTEMPTS). */
export const MAX_RECONNECT_ATTEMPTS = 10;
