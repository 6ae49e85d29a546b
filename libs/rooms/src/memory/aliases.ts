import type { Bytes } from '@bytechat/protocol';
import { copyOf, hex } from '../bytes.ts';

/** Which room a rid of a later invite leads to, each until a time. */
export class Aliases {
  readonly #byRid = new Map<string, { rid0: Bytes; until: number }>();

  get size(): number {
    return this.#byRid.size;
  }

  get(rid: Bytes, now: number): Bytes | undefined {
    const alias = this.#byRid.get(hex(rid));
    return alias !== undefined && alias.until > now ? alias.rid0 : undefined;
  }

  /** It never ends sooner for that. */
  keep(rid: Bytes, rid0: Bytes, until: number): void {
    const known = this.#byRid.get(hex(rid));
    this.#byRid.set(hex(rid), { rid0: copyOf(rid0), until: Math.max(until, known?.until ?? 0) });
  }

  /** @returns how many had run out. */
  sweep(now: number): number {
    let removed = 0;
    for (const [rid, { until }] of this.#byRid) {
      if (until <= now && this.#byRid.delete(rid)) removed += 1;
    }
    return removed;
  }

  clear(): void {
    this.#byRid.clear();
  }
}
