import type { Bytes } from './bytes.ts';
import { BcError } from './errors.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Crockford Base32 without padding; the length must be a multiple of 5 bytes. */
export function encodeCrockford(bytes: Bytes): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 5) text += encodeGroup(bytes.subarray(start, start + 5));
  return text;
}

/**
 * Decodes groups of 8 characters into 5 bytes. Case doesn't matter, O reads as 0, I and L as 1, hyphens and white
 * space are dropped. @throws BcError ERR_CODE on any other character or a broken group.
 */
export function decodeCrockford(text: string): Bytes {
  const digits = Array.from(normalise(text), digitOf);
  if (digits.length % 8 !== 0) throw new BcError('ERR_CODE', 'the code has the wrong length');
  const bytes = new Uint8Array((digits.length / 8) * 5);
  for (let group = 0; group < digits.length / 8; group++) {
    bytes.set(decodeGroup(digits.slice(group * 8, group * 8 + 8)), group * 5);
  }
  return bytes;
}

function normalise(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
}

function digitOf(character: string): number {
  const digit = ALPHABET.indexOf(character);
  if (digit < 0) throw new BcError('ERR_CODE', 'the code has a character that is not in its alphabet');
  return digit;
}

function encodeGroup(five: Bytes): string {
  let value = five.reduce((sum, byte) => sum * 256 + byte, 0);
  let text = '';
  for (let i = 0; i < 8; i++) {
    text = ALPHABET.charAt(value % 32) + text;
    value = Math.floor(value / 32);
  }
  return text;
}

function decodeGroup(eight: number[]): Bytes {
  let value = eight.reduce((sum, digit) => sum * 32 + digit, 0);
  const five = new Uint8Array(5);
  for (let i = 4; i >= 0; i--) {
    five[i] = value % 256;
    value = Math.floor(value / 256);
  }
  return five;
}
