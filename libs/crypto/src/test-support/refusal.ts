import type { Bytes } from '../bytes.ts';
import { BcError, type BcErrorCode } from '../errors.ts';

/** The code that a refused promise carries; anything but a `BcError` fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<BcErrorCode | 'accepted'> {
  try {
    await work;
    return 'accepted';
  } catch (error) {
    if (error instanceof BcError) return error.code;
    throw error;
  }
}

/** A copy with one bit of one byte flipped. */
export function flipped(bytes: Bytes, position: number): Bytes {
  const copy = new Uint8Array(bytes);
  copy[position] = (copy[position] ?? 0) ^ 1;
  return copy;
}
