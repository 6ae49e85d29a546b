import { createHash } from 'node:crypto';
import type { Bytes } from '@bytechat/protocol';

/** A byte string as a map's key. */
export const hex = (bytes: Bytes): string => Buffer.from(bytes).toString('hex');

/** Bytes of their own: what came in a frame would keep the whole frame alive. */
export const copyOf = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

export const equal = (a: Bytes, b: Bytes): boolean => Buffer.from(a).equals(b);

export function sha256(...parts: readonly Uint8Array[]): Bytes {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return copyOf(hash.digest());
}
