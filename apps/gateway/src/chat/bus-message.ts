import { Decoder, Encoder, PacketType, type Bytes } from '@bytechat/protocol';
import * as z from 'zod';

/**
 * What one pod tells the others. Socket.IO carries such messages as JSON, so the bytes in them travel as the wire's own
 * packet in base64; and they are checked on arrival, since whoever reaches Redis could have sent them.
 */

const bytes = (length: number) =>
  z.custom<Bytes>((value) => value instanceof Uint8Array && value.length === length);
const someBytes = z.custom<Bytes>((value) => value instanceof Uint8Array);
const whole = z.int().min(0);
const connection = z.string().max(64);

const seat = z.strictObject({
  rid: bytes(16),
  connection,
  standing: z.enum(['founder', 'newcomer', 'member']),
  generation: whole,
  mid: bytes(16),
  idx: whole,
});

const commitHint = z.strictObject({
  kind: z.literal('commit'),
  generation: whole,
  seq: whole,
  epoch: whole,
  frame: someBytes,
});

const welcome = z.strictObject({
  kind: z.literal('welcome'),
  generation: whole,
  seq: whole,
  epoch: whole,
  idx: whole,
  kph: bytes(32),
  commitId: bytes(32),
  frame: someBytes,
  wrap: someBytes,
  tag: bytes(16),
  groupInfoParts: whole,
});

const left = z.strictObject({
  kind: z.enum(['left', 'away', 'removed']),
  idx: whole,
  mid: bytes(16),
  reason: z.enum(['left', 'timeout', 'kick']).exactOptional(),
});

export const busMessage = z.discriminatedUnion('kind', [
  /** An epoch began: hints for the members, welcomes for the newcomers, wherever they are connected. */
  z.strictObject({
    kind: z.literal('commit'),
    rid: bytes(16),
    /** Its connection needs no hint. */
    committer: connection,
    news: z.strictObject({
      hint: commitHint,
      rekey: z.boolean(),
      welcomes: z.array(z.strictObject({ connection, seat, welcome })),
      joined: z.array(z.strictObject({ kind: z.literal('joined'), idx: whole, mid: bytes(16) })),
      removed: z.array(left),
      turnedAway: z.array(connection),
    }),
  }),
  /** A member began the room anew: every other membership has ended. */
  z.strictObject({
    kind: z.literal('refounded'),
    rid: bytes(16),
    /** Its connection is the one that stays. */
    founder: connection,
    generation: whole,
    turnedAway: z.array(connection),
  }),
  /** A member left; `turnedAway` waited for a group that ended with the last. */
  z.strictObject({ kind: z.literal('left'), rid: bytes(16), left, turnedAway: z.array(connection) }),
]);

export type BusMessage = z.infer<typeof busMessage>;

const encoder = new Encoder();

export function encodeBusMessage(message: BusMessage): string {
  const [frame] = encoder.encode({ type: PacketType.EVENT, nsp: '/', data: ['bus', message] });
  return Buffer.from(frame!).toString('base64');
}

/** The message, or undefined when it is none. */
export function decodeBusMessage(text: unknown): BusMessage | undefined {
  if (typeof text !== 'string') return undefined;
  let payload: unknown;
  const decoder = new Decoder();
  decoder.on('decoded', ({ data }) => {
    payload = Array.isArray(data) ? data[1] : undefined;
  });
  try {
    decoder.add(Uint8Array.from(Buffer.from(text, 'base64')));
  } catch {
    return undefined;
  }
  const parsed = busMessage.safeParse(payload);
  return parsed.success ? parsed.data : undefined;
}
