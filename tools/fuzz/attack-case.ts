/** Something hostile to do to a gateway, as plain data: the corpus keeps it, and it can be done again. */
export type AttackCase = RawCase | EventCase;

export type RawLayer = 'L0' | 'L1' | 'L2' | 'L10';
export type Layer = RawLayer | 'L3';

/** Bytes on a TCP connection, base64; before each chunk but the first the server may say something. */
export interface RawCase {
  layer: RawLayer;
  name: string;
  chunks: string[];
}

/** An app event of somebody who sits in a room. */
export interface EventCase {
  layer: 'L3';
  name: string;
  event: string;
  /** MessagePack, base64. */
  payload: string;
}

export const rawCase = (layer: RawLayer, name: string, chunks: readonly Uint8Array[]): RawCase => ({
  layer,
  name,
  chunks: chunks.map((chunk) => Buffer.from(chunk).toString('base64')),
});
