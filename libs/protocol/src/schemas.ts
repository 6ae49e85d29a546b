import * as z from 'zod/mini';
import type { Bytes } from './bytes.ts';
import {
  BLOB_CHUNK_BYTES,
  ENVELOPE_LENGTHS,
  KEY_UPDATE_LENGTHS,
  MAX_ADDS_PER_COMMIT,
  MAX_BLOB_BYTES,
  MAX_COMMIT_FRAME_BYTES,
  MAX_KDF_ITERATIONS,
  MAX_MESSAGE_TTL_SECONDS,
  MAX_NACK_BYTES,
  MAX_STAGE_PART_BYTES,
  MIN_BLOB_CHUNK_BYTES,
  MIN_KDF_ITERATIONS,
  MIN_MESSAGE_TTL_SECONDS,
  MIN_NACK_BYTES,
  PROTOCOL_VERSION,
  SIGNAL_BYTES,
} from './limits.ts';

/** A byte string of exactly `length` bytes. */
const fixed = (length: number) =>
  z.custom<Bytes>((value) => value instanceof Uint8Array && value.length === length);
/** A byte string of `min` to `max` bytes. */
const bounded = (min: number, max: number) =>
  z.custom<Bytes>((value) => value instanceof Uint8Array && value.length >= min && value.length <= max);
const u16 = z.int().check(z.minimum(0), z.maximum(0xffff));
const u32 = z.int().check(z.minimum(0), z.maximum(0xffffffff));
const version = z.literal(PROTOCOL_VERSION);

/** A place in a room's log. A new generation starts at seq 0 with a new group. */
export const position = z.strictObject({ generation: u32, seq: u32 });

const envelope = z.custom<Bytes>(
  (value) => value instanceof Uint8Array && ENVELOPE_LENGTHS.includes(value.length),
);
const keyPackage = z.custom<Bytes>(
  (value) => value instanceof Uint8Array && (value.length === 573 || value.length === 508),
);
const keyUpdate = z.custom<Bytes>(
  (value) => value instanceof Uint8Array && (KEY_UPDATE_LENGTHS as readonly number[]).includes(value.length),
);
const wrap = z.custom<Bytes>(
  (value) => value instanceof Uint8Array && (value.length === 256 || value.length === 304),
);

/** What a room is made with; shown by the info API and fixed for its life. */
export const roomOptions = z.strictObject({
  suite: z.union([z.literal(1), z.literal(2)]),
  /** Password stretching: 0 none, 1 PBKDF2-SHA256. */
  kdf: z.union([z.literal(0), z.literal(1)]),
  /** PBKDF2 iterations, 0 when there is no password. */
  iter: z.union([z.literal(0), z.int().check(z.minimum(MIN_KDF_ITERATIONS), z.maximum(MAX_KDF_ITERATIONS))]),
  maxima: z.strictObject({
    /** Message life in seconds. */
    ttl_s: z.int().check(z.minimum(MIN_MESSAGE_TTL_SECONDS), z.maximum(MAX_MESSAGE_TTL_SECONDS)),
    /** Members the room may have. */
    max: z.int().check(z.minimum(2), z.maximum(1_000)),
  }),
});

export const joinRoom = z.discriminatedUnion('op', [
  z.strictObject({
    v: version,
    op: z.literal('create'),
    rid: fixed(16),
    gate: fixed(32),
    options: roomOptions,
  }),
  z.strictObject({ v: version, op: z.literal('join'), rid: fixed(16), gate: fixed(32), kp: keyPackage }),
  z.strictObject({
    v: version,
    op: z.literal('resume'),
    rid: fixed(16),
    mid: fixed(16),
    from: position,
    /** ECDSA P-256 (P1363) over TAG("resume") ‖ challenge ‖ rid ‖ mid, by the member's session key. */
    sig: fixed(64),
  }),
]);

/** Why a commit removes a member. Left and timed out is what the server knows; a kick is what members decide. */
const removeReason = z.union([z.literal('left'), z.literal('timeout'), z.literal('kick')]);

export const shareSessionKey = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('found'),
    expectGeneration: u32,
    gid: fixed(32),
    kp: keyPackage,
    params: fixed(16),
  }),
  z.strictObject({
    kind: z.literal('stage'),
    commitId: fixed(32),
    wraps: z.array(z.strictObject({ idx: u16, wrap, tag: fixed(16) })).check(z.maxLength(256)),
    welcomes: z
      .array(z.strictObject({ kph: fixed(32), idx: u16, wrap, tag: fixed(16) }))
      .check(z.maxLength(MAX_ADDS_PER_COMMIT)),
    groupInfo: z.optional(z.strictObject({ part: u16, bytes: bounded(1, MAX_STAGE_PART_BYTES) })),
  }),
  z.strictObject({
    kind: z.literal('commit'),
    expectEpoch: u32,
    /** SHA-256 of the frame; the gateway verifies it. */
    commitId: fixed(32),
    frame: bounded(64, MAX_COMMIT_FRAME_BYTES),
    /** REKEY commits need one staged wrap for every member who stays, ADD commits none. */
    rekey: z.boolean(),
    adds: z.array(z.strictObject({ kph: fixed(32), idx: u16 })).check(z.maxLength(MAX_ADDS_PER_COMMIT)),
    removes: z.array(z.strictObject({ idx: u16, reason: removeReason })).check(z.maxLength(256)),
    /** How many parts of group info were staged; 0 without adds. */
    groupInfoParts: u16,
    /** The room's next invite; a kick always carries one. From this commit on it's the only way in. */
    rotate: z.optional(z.strictObject({ rid: fixed(16), gate: fixed(32) })),
  }),
  z.strictObject({ kind: z.literal('group_info'), commitId: fixed(32), part: u16 }),
  /** The sender's next encryption key (PROTOCOL §6.9); the newest of each member is kept. */
  z.strictObject({ kind: z.literal('ku'), bytes: keyUpdate }),
  /** A page of the kept key updates, from this slot on. */
  z.strictObject({ kind: z.literal('ku_get'), from: u16 }),
  /** A complaint about a commit, relayed to the other members and not kept. */
  z.strictObject({ kind: z.literal('nack'), bytes: bounded(MIN_NACK_BYTES, MAX_NACK_BYTES) }),
]);

export const sendMessage = z.strictObject({
  /** The caller's id of this message: the same cid with the same bytes gets the first answer again. */
  cid: fixed(16),
  /** The group it was sealed for; a message of an older generation is refused, never stored. */
  generation: u32,
  env: envelope,
});

export const syncRoom = z.strictObject({ from: position });
export const leaveRoom = z.strictObject({});
export const signal = z.strictObject({ bytes: fixed(SIGNAL_BYTES) });

/** One chunk of a file (PROTOCOL §6.15). Files are known by random ids that only members are told. */
export const blobPut = z.strictObject({
  fileId: fixed(16),
  /** Of all chunks together, in bytes: the same in every request for a file. */
  size: z.int().check(z.minimum(MIN_BLOB_CHUNK_BYTES), z.maximum(MAX_BLOB_BYTES)),
  i: u16,
  bytes: bounded(MIN_BLOB_CHUNK_BYTES, BLOB_CHUNK_BYTES),
});
export const blobGet = z.strictObject({ fileId: fixed(16), i: u16 });

export const clientEvents = {
  join_room: joinRoom,
  share_session_key: shareSessionKey,
  send_message: sendMessage,
  sync_room: syncRoom,
  leave_room: leaveRoom,
  signal,
  blob_put: blobPut,
  blob_get: blobGet,
} as const;

/** What the Socket.IO handshake carries in `auth`. */
export const handshakeAuth = z.object({ v: version, client: z.string().check(z.maxLength(64)) });

export type Parsed<T> = { ok: true; value: T } | { ok: false };

/** Parses one client event at the edge: `unknown` in, a typed value or a refusal out; never throws. */
export function parseClientEvent<E extends ClientEventName>(
  event: E,
  payload: unknown,
): Parsed<ClientEventPayload<E>> {
  const result = z.safeParse(clientEvents[event], payload);
  return result.success ? { ok: true, value: result.data as ClientEventPayload<E> } : { ok: false };
}

export type ClientEventName = keyof typeof clientEvents;
export type ClientEventPayload<E extends ClientEventName> = z.infer<(typeof clientEvents)[E]>;
export type Position = z.infer<typeof position>;
export type RoomOptions = z.infer<typeof roomOptions>;
export type JoinRoom = z.infer<typeof joinRoom>;
export type ShareSessionKey = z.infer<typeof shareSessionKey>;
export type SendMessage = z.infer<typeof sendMessage>;
export type BlobPut = z.infer<typeof blobPut>;
export type BlobGet = z.infer<typeof blobGet>;
export type StagedWrap = Extract<ShareSessionKey, { kind: 'stage' }>['wraps'][number];
export type StagedWelcome = Extract<ShareSessionKey, { kind: 'stage' }>['welcomes'][number];
export type RemoveReason = z.infer<typeof removeReason>;
