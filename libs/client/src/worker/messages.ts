import * as z from 'zod/mini';
import type { RoomEvent } from '../api.ts';
import type { ClientErrorCode } from '../errors.ts';

/**
 * What crosses the boundary between the page and the worker that holds the keys. Strict in both directions: a
 * message that is not exactly one of these is dropped.
 */
const text = z.string();
const count = z.int().check(z.minimum(0));
const time = z.number();
const optionalText = z.optional(text);

const createOptions = z.strictObject({
  name: optionalText,
  password: optionalText,
  ttlSeconds: z.optional(count),
  suite: z.optional(z.union([z.literal(1), z.literal(2)])),
  history: z.optional(z.enum(['ttl', 'none'])),
  newcomers: z.optional(z.enum(['open', 'approve'])),
  kick: z.optional(z.enum(['nobody', 'owner', 'anybody'])),
});
const joinOptions = z.strictObject({ code: text, name: optionalText, password: optionalText });
/** A view of memory that can change hands. */
const bytes = z.custom<Uint8Array<ArrayBuffer>>(
  (value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer,
);
const size = { width: z.optional(count), height: z.optional(count) };
const fileToSend = z.strictObject({
  data: z.union([bytes, z.instanceof(Blob)]),
  name: text,
  mediaType: text,
  preview: z.optional(bytes),
  ...size,
});
const id = count;
const call = { kind: z.literal('call'), id };

export const pageCall = z.discriminatedUnion('method', [
  z.strictObject({ ...call, method: z.literal('create'), argument: createOptions }),
  z.strictObject({ ...call, method: z.literal('join'), argument: joinOptions }),
  z.strictObject({ ...call, method: z.literal('peek'), argument: text }),
  z.strictObject({
    ...call,
    method: z.literal('send'),
    argument: z.strictObject({ text, replyTo: optionalText }),
  }),
  z.strictObject({
    ...call,
    method: z.literal('edit'),
    argument: z.strictObject({ messageId: text, text }),
  }),
  z.strictObject({ ...call, method: z.literal('remove'), argument: text }),
  z.strictObject({
    ...call,
    method: z.literal('react'),
    argument: z.strictObject({ messageId: text, emoji: text, on: z.boolean() }),
  }),
  z.strictObject({ ...call, method: z.literal('attach'), argument: fileToSend }),
  z.strictObject({ ...call, method: z.enum(['download', 'cancelDownload']), argument: text }),
  z.strictObject({ ...call, method: z.literal('retry'), argument: text }),
  z.strictObject({ ...call, method: z.literal('discard'), argument: text }),
  z.strictObject({ ...call, method: z.enum(['kick', 'admit', 'refuse']), argument: text }),
  z.strictObject({
    ...call,
    method: z.literal('verify'),
    argument: z.strictObject({ mid: text, yes: z.boolean() }),
  }),
  z.strictObject({
    ...call,
    method: z.enum(['typing', 'safety', 'resumeSending', 'reconnect', 'keepAlive', 'leave']),
  }),
]);
export const pageMessage = z.union([
  z.strictObject({ kind: z.literal('start'), endpoint: z.strictObject({ url: text }) }),
  pageCall,
]);

const errorCode = z.custom<ClientErrorCode>(
  (value) => typeof value === 'string' && /^ERR_[A-Z_]+$/.test(value),
);

const connection = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({ state: z.literal('connecting'), attempt: count }),
  z.strictObject({ state: z.literal('online') }),
  z.strictObject({ state: z.literal('recovering') }),
  z.strictObject({
    state: z.literal('waiting'),
    attempt: count,
    retryAt: time,
    code: z.optional(errorCode),
  }),
  z.strictObject({
    state: z.literal('closed'),
    code: z.enum([
      'LEFT',
      'EXPIRED',
      'REPLACED',
      'KICKED',
      'ATTEMPTS',
      'GENERATION',
      'ROOM_GONE',
      'REMOVED',
      'PROTOCOL',
      'REFUSED',
    ]),
  }),
]);

const membership = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('none') }),
  z.strictObject({ step: z.literal('keys') }),
  z.strictObject({ step: z.literal('founding') }),
  z.strictObject({ step: z.literal('waiting'), since: time }),
  z.strictObject({ step: z.literal('unanswered') }),
  z.strictObject({ step: z.literal('active'), epoch: count, foundedAnew: z.boolean() }),
]);

const member = z.strictObject({
  mid: text,
  idx: count,
  name: text,
  self: z.boolean(),
  owner: z.boolean(),
  present: z.boolean(),
});

export const chatMessage = z.strictObject({
  id: text,
  mid: text,
  name: text,
  own: z.boolean(),
  text,
  sentAt: time,
  expiresAt: time,
  state: z.enum(['sending', 'sent', 'delivered', 'failed']),
  error: z.optional(errorCode),
  attachment: z.optional(
    z.strictObject({ name: text, mediaType: text, size: count, preview: z.optional(bytes), ...size }),
  ),
  edited: z.optional(z.boolean()),
  deleted: z.optional(z.boolean()),
  replyTo: z.optional(z.strictObject({ id: optionalText })),
  reactions: z.array(
    z.strictObject({
      emoji: text,
      own: z.boolean(),
      by: z.array(z.strictObject({ mid: text, name: text })),
    }),
  ),
  change: z.optional(z.enum(['sending', 'failed'])),
});

const lineBase = { id: text, at: time };
const person = { mid: text, name: text };
const line = z.discriminatedUnion('kind', [
  z.strictObject({
    ...lineBase,
    kind: z.enum(['joined', 'left', 'timeout', 'kicked', 'sameName']),
    ...person,
  }),
  z.strictObject({
    ...lineBase,
    kind: z.enum(['founded', 'foundedAnew', 'rejoined', 'linkChanged', 'reinit']),
  }),
  z.strictObject({ ...lineBase, kind: z.literal('renamed'), ...person, before: text }),
  z.strictObject({ ...lineBase, kind: z.literal('gap'), missing: count }),
  z.strictObject({ ...lineBase, kind: z.literal('unreadable'), code: text }),
]);

export const file = bytes;
export const invitation = z.strictObject({ code: text, hasPassword: z.boolean(), ttlSeconds: count });
export const roomPeek = z.strictObject({
  exists: z.boolean(),
  members: count,
  capacity: count,
  password: z.boolean(),
  expiresInMs: time,
  ttlSeconds: count,
});

const bit = z.union([z.literal(0), z.literal(1)]);
const share = { members: count, of: count };
const security = z.strictObject({
  epoch: count,
  history: bit,
  ttlSeconds: count,
  inSync: z.strictObject({ ...share, lastProofAt: z.optional(time) }),
  verified: z.strictObject(share),
  canKick: z.boolean(),
  suite: count,
});
export const safety = z.strictObject({
  words: z.array(text),
  qr: text,
  members: z.array(z.strictObject({ mid: text, fingerprint: text, verified: z.boolean() })),
});

const alarmBase = { type: z.literal('alarm') };
const by = z.optional(z.strictObject(person));
const alarm = z.discriminatedUnion('code', [
  z.strictObject({ ...alarmBase, code: z.literal('FORK'), by }),
  z.strictObject({ ...alarmBase, code: z.literal('GAP'), missing: z.optional(count), by }),
  z.strictObject({
    ...alarmBase,
    code: z.literal('STALE'),
    cause: z.enum(['silence', 'oldKeys']),
    since: time,
  }),
  z.strictObject({ ...alarmBase, code: z.literal('REPLAY') }),
]);

const roomEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('connection'), connection }),
  z.strictObject({ type: z.literal('membership'), membership }),
  z.strictObject({
    type: z.literal('invitation'),
    invitation,
    options: z.strictObject({
      suite: count,
      history: bit,
      ttlSeconds: count,
      max: count,
    }),
  }),
  z.strictObject({ type: z.literal('members'), members: z.array(member) }),
  z.strictObject({ type: z.literal('message'), message: chatMessage }),
  z.strictObject({
    type: z.literal('transfer'),
    transfer: z.strictObject({ id: text, direction: z.enum(['up', 'down']), done: count, total: count }),
  }),
  z.strictObject({ type: z.literal('expired'), ids: z.array(text) }),
  z.strictObject({ type: z.literal('system'), line }),
  z.strictObject({
    type: z.literal('notice'),
    code: z.enum(['EXPIRING', 'DRAINING', 'SLOW', 'EXPIRED', 'REPLACED', 'KICKED']),
    retryAfterMs: z.optional(time),
  }),
  alarm,
  z.strictObject({ type: z.literal('alarmEnded'), code: z.literal('STALE') }),
  z.strictObject({ type: z.literal('typing'), mids: z.array(text) }),
  z.strictObject({
    type: z.literal('knocking'),
    people: z.array(z.strictObject({ id: text, mid: text, name: text, since: time })),
  }),
  z.strictObject({ type: z.literal('security'), security }),
]);

export const workerMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id, value: z.unknown() }),
  z.strictObject({
    kind: z.literal('error'),
    id,
    code: errorCode,
    message: text,
    retryAfterMs: z.optional(time),
  }),
  z.strictObject({ kind: z.literal('event'), event: roomEvent }),
]);

export type WorkerMessage =
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; code: ClientErrorCode; message: string; retryAfterMs?: number | undefined }
  | { kind: 'event'; event: RoomEvent };

export type PageMessage = z.infer<typeof pageMessage>;
export type PageCall = z.infer<typeof pageCall>;
