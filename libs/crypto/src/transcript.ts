import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import { tag } from './labels.ts';
import { sha256 } from './webcrypto.ts';
import { u32 } from './writer.ts';

/** How many past values a member can still compare acknowledgements with. */
export const RING_SIZE = 1_024;
/** Length of the transcript value inside a message, in bytes. */
export const ACK_BYTES = 16;

/** The newest item of a room that was folded in, and the hash over all of them. */
export interface Position {
  seq: number;
  transcript: Bytes;
}

/** Hash of one sequenced item, message or commit: what stands for it in the transcript. */
export function itemHash(item: Bytes): Promise<Bytes> {
  return sha256(item);
}

/** T over all sequenced items, and the last 1,024 values of it (PROTOCOL §6.13). */
export class Transcript {
  readonly #ring = new Map<number, Bytes>();
  #position: Position;

  constructor(position: Position) {
    this.#position = position;
    this.#ring.set(position.seq, position.transcript);
  }

  static async start(gid: Bytes): Promise<Transcript> {
    return new Transcript({ seq: 0, transcript: await sha256(concat(tag('T'), gid)) });
  }

  get position(): Position {
    return this.#position;
  }

  /** @throws BcError ERR_SEQ_GAP unless `seq` is the next one */
  requireNext(seq: number): void {
    if (seq !== this.#position.seq + 1)
      throw new BcError('ERR_SEQ_GAP', 'an item before this one is missing');
  }

  async fold(seq: number, hash: Bytes): Promise<void> {
    this.requireNext(seq);
    const transcript = await sha256(concat(this.#position.transcript, u32(seq), hash));
    this.#position = { seq, transcript };
    this.#ring.set(seq, transcript);
    this.#ring.delete(seq - RING_SIZE);
  }

  /** T at a position of the ring. */
  at(seq: number): Bytes | undefined {
    return this.#ring.get(seq);
  }

  /** Takes over positions of a past that was proven to lead here. */
  recall(path: Transcript): void {
    for (const [seq, transcript] of path.#ring) {
      if (seq > this.#position.seq - RING_SIZE) this.#ring.set(seq, transcript);
    }
  }

  /** What a sender claims to have seen. Positions older than the ring can't be judged and pass. */
  agrees(seq: number, acknowledged: Bytes): boolean {
    if (seq > this.#position.seq) return false;
    const known = this.#ring.get(seq);
    return known === undefined || equalBytes(known.slice(0, ACK_BYTES), acknowledged);
  }
}
