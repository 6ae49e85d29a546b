import { type Bytes } from './bytes.ts';
import { BcError } from './errors.ts';

/** The only plaintext lengths there are, in bytes (PROTOCOL §6.12). */
export const BUCKETS = [256, 512, 1_024, 2_048, 4_096, 8_192, 16_384] as const;

/** Zeros up to the smallest bucket. @throws BcError ERR_TOO_LARGE */
export function pad(plaintext: Bytes): Bytes {
  const padded = new Uint8Array(bucketFor(plaintext.length));
  padded.set(plaintext);
  return padded;
}

/**
 * Checks that all after `length` is zeros and that no smaller bucket would have done: one content has one form.
 * @throws BcError ERR_FORMAT
 */
export function requireCleanPadding(padded: Bytes, length: number): void {
  if (bucketFor(length) !== padded.length)
    throw new BcError('ERR_FORMAT', 'the padding has the wrong length');
  if (padded.subarray(length).some((byte) => byte !== 0)) {
    throw new BcError('ERR_FORMAT', 'the padding is not empty');
  }
}

function bucketFor(length: number): number {
  const bucket = BUCKETS.find((size) => size >= length);
  if (bucket === undefined) throw new BcError('ERR_TOO_LARGE', 'the message is too large');
  return bucket;
}
