import * as z from 'zod/mini';
import {
  NOTICES,
  roomOptions,
  WIRE_ERRORS,
  type AckBodies,
  type Acknowledgement,
  type Bytes,
  type ClientEventName,
  type NoticeCode,
  type RoomInfo,
  type WireError,
  type WireErrorCode,
} from '@bytechat/protocol';
import type { ServerEvent } from './transport.ts';

/**
 * What a server may say, checked before anything acts on it. Unknown fields are ignored, so that a newer server can
 * add some; anything else that does not fit is as if it had never arrived.
 */
const bytes = z.custom<Bytes>((value) => value instanceof Uint8Array);
const fixed = (length: number) =>
  z.custom<Bytes>((value) => value instanceof Uint8Array && value.length === length);
const count = z.int().check(z.minimum(0));
const wrapped = z.object({ wrap: bytes, tag: fixed(16) });
const position = { generation: count, seq: count };
const head = z.object({ ...position, epoch: count });
const slot = { idx: count, mid: fixed(16) };
const retryAfterMs = z.optional(count);
const reason = z.optional(z.enum(['left', 'timeout', 'kick']));

const commitHint = z.object({
  kind: z.literal('commit'),
  ...position,
  epoch: count,
  frame: bytes,
  wrap: z.optional(wrapped),
});
const welcomeHint = z.object({
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
});

const complaint = z.object({ kind: z.literal('nack'), bytes });

const serverEvents = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('user_connected'),
    payload: z.object({ challenge: fixed(32), serverTime: count, version: count }),
  }),
  z.object({
    name: z.literal('room_joined'),
    payload: z.object({
      state: z.enum(['created', 'pending', 'active']),
      rid0: fixed(16),
      head,
      members: z.array(z.object({ ...slot, present: z.boolean() })),
      options: roomOptions,
      serverTime: count,
    }),
  }),
  z.object({
    name: z.literal('user_joined'),
    payload: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('pending'), kp: bytes }),
      z.object({ kind: z.literal('joined'), ...slot }),
      z.object({ kind: z.literal('present'), ...slot }),
    ]),
  }),
  z.object({
    name: z.literal('user_left'),
    payload: z.object({ kind: z.enum(['left', 'away', 'removed']), ...slot, reason }),
  }),
  z.object({
    name: z.literal('new_message'),
    payload: z.object({ ...position, at: count, env: bytes }),
  }),
  z.object({
    name: z.literal('session_key_received'),
    payload: z.discriminatedUnion('kind', [commitHint, welcomeHint, complaint]),
  }),
  z.object({ name: z.literal('room_head'), payload: z.object(position) }),
  z.object({
    name: z.literal('server_notice'),
    payload: z.object({ code: z.enum(Object.keys(NOTICES) as [NoticeCode, ...NoticeCode[]]), retryAfterMs }),
  }),
  z.object({ name: z.literal('signal'), payload: z.object({ idx: count, bytes }) }),
]);

const wireError = z.object({
  code: z.enum(Object.keys(WIRE_ERRORS) as [WireErrorCode, ...WireErrorCode[]]),
  message: z.string(),
  retryAfterMs,
  current: z.optional(count),
});
const refusal = z.object({ ok: z.literal(false), error: wireError });
const accepted = z.object({ ok: z.literal(true) });

const logItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), seq: count, at: count, env: bytes }),
  z.object({
    kind: z.literal('commit'),
    seq: count,
    epoch: count,
    frame: bytes,
    wrap: z.optional(wrapped),
  }),
  z.object({ kind: z.literal('hash'), seq: count, hash: fixed(32) }),
]);

const acknowledgements = {
  join_room: accepted,
  share_session_key: z.object({
    ok: z.literal(true),
    generation: z.optional(count),
    seq: z.optional(count),
    epoch: z.optional(count),
    idx: z.optional(count),
    mid: z.optional(fixed(16)),
    bytes: z.optional(bytes),
    updates: z.optional(z.array(z.object({ idx: count, bytes }))),
    more: z.optional(z.boolean()),
  }),
  send_message: z.object({ ok: z.literal(true), ...position, at: count }),
  sync_room: z.discriminatedUnion('recovered', [
    z.object({
      ok: z.literal(true),
      recovered: z.literal(true),
      head,
      items: z.array(logItem),
      more: z.boolean(),
    }),
    z.object({ ok: z.literal(true), recovered: z.literal(false), head }),
  ]),
  leave_room: accepted,
  signal: accepted,
  blob_put: z.object({ ok: z.literal(true), missing: count }),
  blob_get: z.object({ ok: z.literal(true), bytes }),
} satisfies Record<ClientEventName, z.ZodMiniType>;

const roomInfo = z.object({
  exists: z.boolean(),
  members: count,
  capacity: count,
  password: z.boolean(),
  expiresInMs: count,
  suite: count,
  kdf: count,
  iter: count,
  ttl_s: count,
});

export function readServerEvent(name: unknown, payload: unknown): ServerEvent | undefined {
  const result = z.safeParse(serverEvents, { name, payload });
  return result.success ? result.data : undefined;
}

export function readAcknowledgement<E extends ClientEventName>(
  event: E,
  answer: unknown,
): Acknowledgement<AckBodies[E]> | undefined {
  const refused = z.safeParse(refusal, answer);
  if (refused.success) return refused.data;
  const result = z.safeParse(acknowledgements[event], answer);
  return result.success ? (result.data as Acknowledgement<AckBodies[E]>) : undefined;
}

export function readWireError(value: unknown): WireError | undefined {
  const result = z.safeParse(wireError, value);
  return result.success ? result.data : undefined;
}

export function readRoomInfo(value: unknown): RoomInfo | undefined {
  const result = z.safeParse(roomInfo, value);
  return result.success ? result.data : undefined;
}
