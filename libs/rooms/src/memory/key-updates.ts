import { KEY_UPDATES_PER_PAGE, type Bytes } from '@bytechat/protocol';
import { copyOf, equal } from '../bytes.ts';
import type { KeyUpdatePage } from '../room-store.ts';

interface KeyUpdateOfSlot {
  idx: number;
  kuSeq: number;
  bytes: Bytes;
}

/** The newest key update of each member, by slot. */
export class KeyUpdates {
  readonly #bySlot = new Map<number, KeyUpdateOfSlot>();

  isKept({ idx, bytes }: KeyUpdateOfSlot): boolean {
    const kept = this.#bySlot.get(idx);
    return kept !== undefined && equal(kept.bytes, bytes);
  }

  isNewer({ idx, kuSeq }: KeyUpdateOfSlot): boolean {
    return kuSeq > (this.#bySlot.get(idx)?.kuSeq ?? -1);
  }

  keep({ idx, kuSeq, bytes }: KeyUpdateOfSlot): void {
    this.#bySlot.set(idx, { idx, kuSeq, bytes: copyOf(bytes) });
  }

  page(from: number): KeyUpdatePage {
    const following = [...this.#bySlot.values()]
      .filter(({ idx }) => idx >= from)
      .sort((a, b) => a.idx - b.idx)
      .map(({ idx, bytes }) => ({ idx, bytes }));
    return {
      updates: following.slice(0, KEY_UPDATES_PER_PAGE),
      more: following.length > KEY_UPDATES_PER_PAGE,
    };
  }

  delete(idx: number): void {
    this.#bySlot.delete(idx);
  }
}
