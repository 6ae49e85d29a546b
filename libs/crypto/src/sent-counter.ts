import { type Bytes, toHex } from './bytes.ts';

/**
 * `sctr`: how many stored items (0x20) this member has sent in the whole session. An envelope that a new epoch made
 * void was never sent, so its number is given again; otherwise every lost race would look like a lost message.
 */
export class SentCounter {
  #sequenced = 0;
  readonly #outstanding = new Set<string>();

  /** The number for the next stored item; ephemeral ones repeat it. */
  get next(): number {
    return this.#sequenced + this.#outstanding.size;
  }

  sealed(hash: Bytes): void {
    this.#outstanding.add(toHex(hash));
  }

  /** An item appeared in the sequence; counts when it is one of ours. */
  sequenced(hash: Bytes): void {
    if (this.#outstanding.delete(toHex(hash))) this.#sequenced++;
  }

  /** Envelopes of the past epoch that weren't sequenced never will be. */
  epochEnded(): void {
    this.#outstanding.clear();
  }
}
