import { keysOf } from '../address.ts';
import type { AddressKeys } from '../room-store.ts';
import { RoomError } from '../room-error.ts';

/** Places that an address holds, each until a time, counted under today's and yesterday's key together. */
export class Leases {
  readonly #byKey = new Map<string, Map<string, number>>();

  /**
   * Takes a place, or renews it when `holder` has one (it never ends sooner for that).
   * @returns true when the place is new. @throws ERR_RATE when the address holds `limit` places.
   */
  hold(address: AddressKeys, holder: string, until: number, limit: number, now: number): boolean {
    const held = this.#live(address, now);
    const isNew = !held.has(holder);
    if (isNew && held.size >= limit) {
      throw new RoomError('ERR_RATE', { retryAfterMs: Math.min(...held.values()) - now });
    }
    this.renew(address, holder, Math.max(until, held.get(holder) ?? 0));
    return isNew;
  }

  /** Under both keys: a pod that hasn't noticed midnight yet must count it too. */
  renew(address: AddressKeys, holder: string, until: number): void {
    for (const key of keysOf(address)) {
      const places = this.#byKey.get(key) ?? new Map<string, number>();
      this.#byKey.set(key, places.set(holder, until));
    }
  }

  release(address: AddressKeys, holder: string): void {
    for (const key of keysOf(address)) {
      const places = this.#byKey.get(key);
      places?.delete(holder);
      if (places?.size === 0) this.#byKey.delete(key);
    }
  }

  /** @returns how many places had run out. */
  sweep(now: number): number {
    let removed = 0;
    for (const [key, places] of this.#byKey) {
      for (const [holder, until] of places) {
        if (until <= now && places.delete(holder)) removed += 1;
      }
      if (places.size === 0) this.#byKey.delete(key);
    }
    return removed;
  }

  get size(): number {
    return this.#byKey.size;
  }

  #live(address: AddressKeys, now: number): Map<string, number> {
    const live = new Map<string, number>();
    for (const key of keysOf(address)) {
      for (const [holder, until] of this.#byKey.get(key) ?? []) {
        if (until > now) live.set(holder, Math.max(until, live.get(holder) ?? 0));
      }
    }
    return live;
  }
}
