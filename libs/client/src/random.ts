import type { Bytes } from '@bytechat/protocol';

/** Chance outside of cryptographic keys: message ids and jitter. Keys come from WebCrypto alone. */
export interface Random {
  bytes(length: number): Bytes;
  /** At least 0, below 1. */
  fraction(): number;
}

export const systemRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  fraction: () => Math.random(),
};
