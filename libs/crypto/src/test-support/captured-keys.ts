import type { Bytes } from '../bytes.ts';
import { toHex } from '../bytes.ts';

/** The private half of a pair that was made while keys were captured, PKCS #8. */
export interface CapturedKeys {
  /** By the public half: raw point or SPKI, in hexadecimal. */
  privateKeyOf(publicKey: Bytes): Promise<Bytes>;
  stop(): void;
}

/** From now on every pair that is made can be exported. For recordings only: the product's keys never can. */
export function captureKeys(): CapturedKeys {
  const { subtle } = globalThis.crypto;
  const original = subtle.generateKey.bind(subtle) as (
    ...given: [AlgorithmIdentifier, boolean, KeyUsage[]]
  ) => Promise<CryptoKeyPair>;
  const pairs: CryptoKeyPair[] = [];
  const capturing = async (algorithm: AlgorithmIdentifier, _kept: boolean, usages: KeyUsage[]) => {
    const pair = await original(algorithm, true, usages);
    pairs.push(pair);
    return pair;
  };
  Object.defineProperty(subtle, 'generateKey', { value: capturing, configurable: true, writable: true });
  return {
    privateKeyOf: async (publicKey) => {
      const wanted = toHex(publicKey);
      for (const pair of pairs) {
        const format = pair.publicKey.algorithm.name === 'RSA-OAEP' ? 'spki' : 'raw';
        const own = new Uint8Array(await subtle.exportKey(format, pair.publicKey));
        if (toHex(own) === wanted) return new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
      }
      throw new Error('That pair was not captured.');
    },
    stop: () => void Reflect.deleteProperty(subtle, 'generateKey'),
  };
}
