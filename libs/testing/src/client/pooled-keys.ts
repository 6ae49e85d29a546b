import { webCryptoKeySource, type KeySource } from '@bytechat/crypto';

/**
 * A few RSA pairs for all clients of a test process: making one takes up to 300 ms. Never to be bundled; nothing in a
 * test depends on two members having different RSA keys, since identities are their signing keys.
 */
export class PooledKeySource implements KeySource {
  readonly #size: number;
  readonly #pairs: Promise<CryptoKeyPair>[] = [];
  #taken = 0;

  constructor(size = 2) {
    this.#size = size;
  }

  rsaKeyPair(): Promise<CryptoKeyPair> {
    if (this.#pairs.length < this.#size) this.#pairs.push(webCryptoKeySource.rsaKeyPair());
    return this.#pairs[this.#taken++ % this.#pairs.length]!;
  }
}
