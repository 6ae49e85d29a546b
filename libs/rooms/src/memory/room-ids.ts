import type { Bytes } from '@bytechat/protocol';
import { copyOf, equal, hex } from '../bytes.ts';

/** The rids of one room: that of its present invite, and those that are good for resuming only (PROTOCOL decision 14). */
export class RoomIds {
  readonly #old = new Map<string, number>();
  #current: Bytes;

  constructor(first: Bytes) {
    this.#current = first;
  }

  get current(): Bytes {
    return this.#current;
  }

  isCurrent(rid: Bytes): boolean {
    return equal(rid, this.#current);
  }

  isKnown(rid: Bytes, now: number): boolean {
    return this.isCurrent(rid) || (this.#old.get(hex(rid)) ?? 0) > now;
  }

  rotate(next: Bytes, now: number, resumableMs: number): void {
    for (const [rid, until] of this.#old) if (until <= now) this.#old.delete(rid);
    this.#old.set(hex(this.#current), now + resumableMs);
    this.#current = copyOf(next);
  }
}
