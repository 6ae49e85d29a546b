/** Bytes as they travel: always backed by a plain ArrayBuffer, so that WebCrypto takes them as they are. */
export type Bytes = Uint8Array<ArrayBuffer>;
