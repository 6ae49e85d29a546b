import { type Bytes, concat } from './bytes.ts';
import { readContent, type StampedContent } from './content.ts';
import { BcError } from './errors.ts';
import { tag } from './labels.ts';
import { BUCKETS, pad, requireCleanPadding } from './padding.ts';
import { Reader } from './reader.ts';
import { parseSuite, type Suite, VERSION } from './suites.ts';
import { aesGcmOpen, aesGcmSeal, hmacSha256, randomBytes } from './webcrypto.ts';
import { u16, u32, u8 } from './writer.ts';

/** 0x20 is kept by the server until it expires, of 0x21 only the hash is kept. */
export const FRAME_MESSAGE = 0x20;
export const FRAME_EPHEMERAL = 0x21;

const HEADER_BYTES = 26;
const MASK_BYTES = 6;
const GCM_TAG_BYTES = 16;
const SIGNATURE_BYTES = 64;
const LENGTHS: ReadonlySet<number> = new Set(BUCKETS.map((size) => size + HEADER_BYTES + GCM_TAG_BYTES));

/** The parts of an envelope (PROTOCOL §6.12) that can be read without keys. */
export interface EnvelopeHeader {
  suite: Suite;
  ephemeral: boolean;
  epoch: number;
  masked: Bytes;
  iv: Bytes;
  ciphertext: Bytes;
  /** The bytes before the mask; they are authenticated. */
  clear: Bytes;
}

/** Who wrote, and which number of that sender's chain it is. */
export interface Slot {
  idx: number;
  counter: number;
}

/** @throws BcError ERR_FORMAT */
export function parseEnvelope(env: Bytes): EnvelopeHeader {
  if (!LENGTHS.has(env.length)) throw new BcError('ERR_FORMAT', 'an envelope has one of seven lengths');
  const reader = new Reader(env);
  const suite = parseSuite(reader.u8(), reader.u16());
  const type = reader.u8();
  if (type !== FRAME_MESSAGE && type !== FRAME_EPHEMERAL) {
    throw new BcError('ERR_FORMAT', 'this is not an envelope');
  }
  const epoch = reader.u32();
  const clear = reader.since(0);
  const parts = { masked: reader.bytes(MASK_BYTES), iv: reader.bytes(12), ciphertext: reader.rest() };
  return { suite, ephemeral: type === FRAME_EPHEMERAL, epoch, clear, ...parts };
}

export function envelopeStart(suite: Suite, ephemeral: boolean, epoch: number): Bytes {
  return concat(u8(VERSION), u16(suite), u8(ephemeral ? FRAME_EPHEMERAL : FRAME_MESSAGE), u32(epoch));
}

/** Hides or reveals the slot: the same operation both ways. */
export async function applyMask(header: Bytes, iv: Bytes, ciphertext: Bytes, slot: Bytes): Promise<Bytes> {
  const mask = await headerMask(header, iv, ciphertext.slice(-GCM_TAG_BYTES));
  return slot.map((byte, i) => byte ^ (mask[i] ?? 0));
}

export async function headerMask(header: Bytes, iv: Bytes, last16: Bytes): Promise<Bytes> {
  return (await hmacSha256(header, concat(tag('hp'), iv, last16))).slice(0, MASK_BYTES);
}

export function encodeSlot({ idx, counter }: Slot): Bytes {
  return concat(u16(idx), u32(counter));
}

export function decodeSlot(bytes: Bytes): Slot {
  const reader = new Reader(bytes);
  return { idx: reader.u16(), counter: reader.u32() };
}

/** Content, signature and padding, encrypted under a key that is used once. */
export async function sealPlaintext(
  input: { clear: Bytes; gid: Bytes; slot: Slot; messageKey: Bytes; header: Bytes },
  plaintext: Bytes,
): Promise<Bytes> {
  const iv = randomBytes(12);
  const slot = encodeSlot(input.slot);
  const aad = messageAad(input.clear, input.gid, slot);
  const ciphertext = await aesGcmSeal(input.messageKey, iv, aad, plaintext);
  return concat(input.clear, await applyMask(input.header, iv, ciphertext, slot), iv, ciphertext);
}

/** @throws BcError ERR_AEAD */
export async function openPlaintext(
  envelope: EnvelopeHeader,
  gid: Bytes,
  slot: Slot,
  messageKey: Bytes,
): Promise<Bytes> {
  const aad = messageAad(envelope.clear, gid, encodeSlot(slot));
  const plaintext = await aesGcmOpen(messageKey, envelope.iv, aad, envelope.ciphertext);
  if (!plaintext) throw new BcError('ERR_AEAD', 'the envelope is not authentic');
  return plaintext;
}

export function encodePlaintext(encodedContent: Bytes, signature: Bytes): Bytes {
  return pad(concat(encodedContent, signature));
}

/** @throws BcError ERR_FORMAT */
export function decodePlaintext(plaintext: Bytes): {
  stamped: StampedContent;
  encodedContent: Bytes;
  signature: Bytes;
} {
  const reader = new Reader(plaintext);
  const stamped = readContent(reader);
  const encodedContent = reader.since(0);
  const signature = reader.bytes(SIGNATURE_BYTES);
  requireCleanPadding(plaintext, reader.offset);
  return { stamped, encodedContent, signature };
}

/** Where content stands; the sender signs it with the content. */
export interface SigningPlace extends Slot {
  suite: Suite;
  gid: Bytes;
  epoch: number;
  contextHash: Bytes;
  mid: Bytes;
}

/** What the sender signs: the content bound to group, epoch, roster, sender and number (claim 10). */
export function contentToSign(where: SigningPlace, encodedContent: Bytes): Bytes {
  return concat(
    concat(u8(VERSION), u16(where.suite), where.gid, u32(where.epoch), where.contextHash),
    concat(u16(where.idx), where.mid, u32(where.counter), encodedContent),
  );
}

function messageAad(clear: Bytes, gid: Bytes, slot: Bytes): Bytes {
  return concat(tag('msg'), clear, gid, slot);
}
