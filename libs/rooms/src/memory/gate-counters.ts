import { keysOf } from '../address.ts';
import type { AddressKeys } from '../room-store.ts';
import { GATE_LIMITS } from '../store-settings.ts';

/** Wrong gates of one room: PROTOCOL decision 20. */
export class GateCounters {
  readonly #addresses = new Map<string, { failures: number; until: number }>();
  #failures = 0;
  #locks = 0;
  #windowUntil = 0;
  #lockUntil = 0;

  /** Milliseconds for which this address may not join; 0 when it may. */
  lockedFor(address: AddressKeys, now: number): number {
    const { failures, until } = this.#ofAddress(address, now);
    const byAddress = failures >= GATE_LIMITS.addressFailures ? until - now : 0;
    return Math.max(byAddress, this.#lockUntil - now, 0);
  }

  countFailure(address: AddressKeys, now: number): void {
    if (now >= this.#windowUntil) this.#openWindow(now);
    const { failures, until } = this.#ofAddress(address, now);
    for (const key of keysOf(address)) this.#addresses.set(key, { failures: failures + 1, until });
    this.#failures += 1;
    if (this.#failures >= GATE_LIMITS.roomFailures) this.#lock(now);
  }

  #openWindow(now: number): void {
    this.#failures = 0;
    this.#locks = 0;
    this.#windowUntil = now + GATE_LIMITS.roomWindowMs;
    for (const [key, { until }] of this.#addresses) if (until <= now) this.#addresses.delete(key);
  }

  #lock(now: number): void {
    this.#lockUntil = now + Math.min(GATE_LIMITS.firstLockMs * 2 ** this.#locks, GATE_LIMITS.longestLockMs);
    this.#locks += 1;
  }

  #ofAddress(address: AddressKeys, now: number): { failures: number; until: number } {
    let found = { failures: 0, until: now + GATE_LIMITS.addressWindowMs };
    for (const key of keysOf(address)) {
      const entry = this.#addresses.get(key);
      if (entry !== undefined && entry.until > now && entry.failures > found.failures) found = entry;
    }
    return found;
  }
}
