const MASK = 0xa5;

/** Bytes in hexadecimal, none of them as it is: whoever holds this doesn't hold the secret. */
export function masked(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte ^ MASK).toString(16).padStart(2, '0')).join('');
}

export function unmasked(hex: string): Buffer {
  return Buffer.from(Buffer.from(hex, 'hex').map((byte) => byte ^ MASK));
}
