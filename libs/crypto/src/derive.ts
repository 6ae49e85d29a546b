import type { Bytes } from './bytes.ts';
import { hkdfInfo } from './labels.ts';
import { hkdfSha256, hkdfSha256With, importHkdfKey } from './webcrypto.ts';

const EMPTY = new Uint8Array(0);

/** `DK` of PROTOCOL §6.1: one secret out of one secret. */
export function dk(secret: Bytes, label: string, context: Bytes = EMPTY, length = 32): Promise<Bytes> {
  return hkdfSha256(secret, EMPTY, hkdfInfo(label, context, length), length);
}

/** `DK` with one secret and one label for many contexts. */
export async function dkForEach(secret: Bytes, label: string, contexts: readonly Bytes[]): Promise<Bytes[]> {
  const key = await importHkdfKey(secret);
  return Promise.all(contexts.map((context) => hkdfSha256With(key, EMPTY, hkdfInfo(label, context, 32), 32)));
}

/** `MIX` of PROTOCOL §6.1: one secret out of two. */
export function mix(
  salt: Bytes,
  ikm: Bytes,
  label: string,
  context: Bytes = EMPTY,
  length = 32,
): Promise<Bytes> {
  return hkdfSha256(ikm, salt, hkdfInfo(label, context, length), length);
}
