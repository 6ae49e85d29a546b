import { type Bytes, concat } from './bytes.ts';
import { BcError } from './errors.ts';
import type { Reader } from './reader.ts';
import { ACK_BYTES } from './transcript.ts';
import { u16, u32, u64, u8, v24 } from './writer.ts';

/** The seed's MAX_MESSAGE_LENGTH, in UTF-16 units. */
export const MAX_TEXT_UNITS = 4_000;

/** Kinds of content (PROTOCOL §6.12): ctype. */
export const CONTENT_TYPES = {
  text: 1,
  profile: 2,
  edit: 3,
  heartbeat: 4,
  attachment: 5,
  leave: 6,
  verify: 7,
  reply: 9,
  reaction: 10,
} as const;

const KNOWN_TYPES: ReadonlySet<number> = new Set(Object.values(CONTENT_TYPES));

/** What a member says. */
export interface Content {
  /** ctype, see `CONTENT_TYPES`. */
  type: number;
  /** The sender's clock, in ms since 1970. */
  sentMs: number;
  ttlSeconds: number;
  body: Bytes;
}

/** Content with what the sender's client adds and signs. */
export interface StampedContent {
  content: Content;
  /** How many stored items the sender had sent before. */
  sctr: number;
  /** The sender's newest key update that the server has. */
  kuSeq: number;
  seqAck: number;
  transcriptAck: Bytes;
}

export function encodeContent({ content, sctr, kuSeq, seqAck, transcriptAck }: StampedContent): Bytes {
  return concat(
    concat(u8(content.type), u64(content.sentMs), u32(content.ttlSeconds), u32(sctr), u16(kuSeq)),
    concat(u32(seqAck), transcriptAck, v24(content.body)),
  );
}

/** @throws BcError ERR_FORMAT (unknown type among others) */
export function readContent(reader: Reader): StampedContent {
  const type = reader.u8();
  requireKnownType(type);
  const head = { type, sentMs: reader.u64(), ttlSeconds: reader.u32() };
  const sctr = reader.u32();
  const kuSeq = reader.u16();
  const seqAck = reader.u32();
  const transcriptAck = reader.bytes(ACK_BYTES);
  return { content: { ...head, body: reader.v24() }, sctr, kuSeq, seqAck, transcriptAck };
}

/** @throws BcError ERR_FORMAT */
export function requireKnownType(type: number): void {
  if (!KNOWN_TYPES.has(type)) throw new BcError('ERR_FORMAT', 'unknown kind of content');
}

/** Text over 4,000 UTF-16 units is refused by its sender and by every receiver. @throws BcError ERR_TEXT_TOO_LONG */
export function requireShort(text: string): void {
  if (text.length > MAX_TEXT_UNITS) {
    throw new BcError('ERR_TEXT_TOO_LONG', `a text has at most ${MAX_TEXT_UNITS} characters`);
  }
}

/** @throws BcError ERR_FORMAT when the bytes aren't UTF-8 */
export function decodeText(body: Bytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new BcError('ERR_FORMAT', 'the text is not UTF-8');
  }
}
