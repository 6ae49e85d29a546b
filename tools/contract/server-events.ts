import type {
  AckBodies,
  Bytes,
  NoticeCode,
  RoomInfo,
  ServerToClient,
  WireErrorCode,
} from '@bytechat/protocol';
import { NOTICES, roomOptions, WIRE_ERRORS } from '@bytechat/protocol';
import * as z from 'zod/mini';

/*
 * What the server says, as schemas. The types of the wire hold them: when one of them changes, this doesn't compile.
 */

type AsOnTheWire<T> = { [K in keyof T]: z.ZodMiniType<T[K]> };

const bytes = z.custom<Bytes>((value) => value instanceof Uint8Array);
const fixed = (length: number) =>
  z.custom<Bytes>((value) => value instanceof Uint8Array && value.length === length);
const count = z.int().check(z.minimum(0));
const position = { generation: count, seq: count };
const head = z.object({ ...position, epoch: count });
const slot = { idx: count, mid: fixed(16) };
const sealed = z.object({ wrap: bytes, tag: fixed(16) });

export const serverEvents = {
  user_connected: z.object({ challenge: fixed(32), serverTime: count, version: count }),
  room_joined: z.object({
    state: z.enum(['created', 'pending', 'active']),
    rid0: fixed(16),
    head,
    members: z.array(z.object({ ...slot, present: z.boolean() })),
    options: roomOptions,
    serverTime: count,
  }),
  user_joined: z.union([
    z.object({ kind: z.literal('pending'), kp: bytes }),
    z.object({ kind: z.literal('joined'), ...slot }),
    z.object({ kind: z.literal('present'), ...slot }),
  ]),
  user_left: z.object({
    kind: z.enum(['left', 'away', 'removed']),
    ...slot,
    reason: z.optional(z.enum(['left', 'timeout', 'kick'])),
  }),
  new_message: z.object({ ...position, at: count, env: bytes }),
  session_key_received: z.union([
    z.object({
      kind: z.literal('commit'),
      ...position,
      epoch: count,
      frame: bytes,
      wrap: z.optional(sealed),
    }),
    z.object({
      kind: z.literal('welcome'),
      ...position,
      epoch: count,
      idx: count,
      kph: fixed(32),
      commitId: fixed(32),
      frame: bytes,
      wrap: bytes,
      tag: fixed(16),
      groupInfoParts: count,
    }),
    z.object({ kind: z.literal('nack'), bytes }),
  ]),
  room_head: z.object(position),
  server_notice: z.object({
    code: z.enum(Object.keys(NOTICES) as NoticeCode[]),
    retryAfterMs: z.optional(count),
  }),
  signal: z.object({ idx: count, bytes }),
} satisfies AsOnTheWire<ServerToClient>;

const items = z.array(
  z.union([
    z.object({ kind: z.literal('message'), seq: count, at: count, env: bytes }),
    z.object({
      kind: z.literal('commit'),
      seq: count,
      epoch: count,
      frame: bytes,
      wrap: z.optional(sealed),
    }),
    z.object({ kind: z.literal('hash'), seq: count, hash: bytes }),
  ]),
);

/** What an accepted event of a client is answered with, besides `ok: true`. */
export const acknowledgements = {
  join_room: z.object({}),
  share_session_key: z.object({
    generation: z.optional(count),
    seq: z.optional(count),
    epoch: z.optional(count),
    idx: z.optional(count),
    mid: z.optional(fixed(16)),
    bytes: z.optional(bytes),
    updates: z.optional(z.array(z.object({ idx: count, bytes }))),
    more: z.optional(z.boolean()),
  }),
  send_message: z.object({ ...position, at: count }),
  sync_room: z.union([
    z.object({
      recovered: z.literal(true),
      head,
      items,
      more: z.boolean(),
      base: z.optional(z.object(position)),
    }),
    z.object({ recovered: z.literal(false), head }),
  ]),
  leave_room: z.object({}),
  signal: z.object({}),
  blob_put: z.object({ missing: count }),
  blob_get: z.object({ bytes }),
} satisfies AsOnTheWire<AckBodies>;

/** Any of them may be refused instead. */
export const refusal = z.object({
  ok: z.literal(false),
  error: z.object({
    code: z.enum(Object.keys(WIRE_ERRORS) as WireErrorCode[]),
    message: z.string(),
    retryAfterMs: z.optional(count),
  }),
});

export const roomInfo = z.object({
  exists: z.boolean(),
  members: count,
  capacity: count,
  password: z.boolean(),
  expiresInMs: count,
  suite: count,
  kdf: count,
  iter: count,
  ttl_s: count,
}) satisfies z.ZodMiniType<RoomInfo>;
