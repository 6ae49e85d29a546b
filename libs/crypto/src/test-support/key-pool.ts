import { type KeySource, webCryptoKeySource } from '../identity.ts';

/** A few real RSA pairs, handed out in turn: members of a test may share one, which no check looks at. */
export function keyPool(size = 4): KeySource {
  const pairs = Array.from({ length: size }, () => webCryptoKeySource.rsaKeyPair());
  let next = 0;
  return {
    rsaKeyPair: async () => {
      const pair = await pairs[next++ % size];
      if (!pair) throw new Error('the pool is empty');
      return pair;
    },
  };
}
