import { jest } from '@jest/globals';
import type { Bytes } from '../bytes.ts';

/**
 * Watches every buffer that bytes are copied into, and every plaintext that comes out of WebCrypto, from now until the
 * mocks are restored. Tells in how many of them some bytes still stand.
 */
export function watchCopies(): { all(): Bytes[]; holding(needle: Bytes): Bytes[] } {
  const seen = new Set<Bytes>();
  const { slice, set } = Uint8Array.prototype;
  jest.spyOn(Uint8Array.prototype, 'slice').mockImplementation(function (this: Bytes, ...range) {
    const copy: Bytes = new Uint8Array(slice.apply(this, range));
    seen.add(copy);
    return copy;
  });
  jest.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Bytes, ...given) {
    seen.add(this);
    set.apply(this, given);
  });
  const { subtle } = globalThis.crypto;
  const decrypt = subtle.decrypt.bind(subtle);
  jest.spyOn(subtle, 'decrypt').mockImplementation(async (...given) => {
    const plaintext = await decrypt(...given);
    seen.add(new Uint8Array(plaintext));
    return plaintext;
  });
  return {
    all: () => [...seen],
    holding: (needle) => {
      const wanted = needle.join();
      return [...seen].filter((buffer) => `,${buffer.join()},`.includes(`,${wanted},`));
    },
  };
}
