import type { Clock, Timer } from '../clock.ts';
import { freshnessMs } from './rhythm.ts';

/** Why a view may be out of date: nobody proves to see it, or nobody renews the keys that are in use. */
export type StaleCause = 'silence' | 'oldKeys';

export interface FreshnessPort {
  members(): number;
  /** Whether proofs can be expected: we are connected, and others are here. */
  expectsProof(): boolean;
  /** @param since when the last proof came, or the keys should have been renewed */
  stale(cause: StaleCause, since: number): void;
  fresh(): void;
  /** Time has passed. */
  looked(): void;
}

const LOOKS = 12;

/**
 * Notices silence: for a whole while nobody has proved to see what we see. Only time in which proofs can be expected
 * counts, so neither a suspended machine nor one that is alone raises an alarm, and breaking connections doesn't put it off.
 */
export class Freshness {
  readonly #port: FreshnessPort;
  readonly #clock: Clock;
  #silentMs = 0;
  #provedAt = 0;
  readonly #causes = new Set<StaleCause>();
  #timer: Timer | undefined;

  constructor(port: FreshnessPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
  }

  start(): void {
    this.stop();
    this.proved();
    this.#lookLater();
  }

  /** Somebody has proved it. */
  proved(): void {
    this.#silentMs = 0;
    this.#provedAt = this.#clock.now();
    this.#without('silence');
  }

  /** A commit that should have come long ago hasn't (PROTOCOL §6.13). @param since when it was due */
  keysOld(since: number): void {
    if (this.#port.expectsProof()) this.#stale('oldKeys', since);
  }

  keysRenewed(): void {
    this.#without('oldKeys');
  }

  /** The person goes on all the same. */
  forgive(): void {
    this.#silentMs = 0;
    this.#without('silence', 'oldKeys');
  }

  /** Out of the room: there is nothing that could be fresh. */
  stop(): void {
    this.#timer?.cancel();
    this.#without('silence', 'oldKeys');
  }

  #lookLater(): void {
    const step = freshnessMs(this.#port.members()) / LOOKS;
    this.#timer = this.#clock.schedule(step, () => {
      this.#lookLater();
      if (this.#port.expectsProof()) this.#silent(step);
      this.#port.looked();
    });
  }

  #silent(ms: number): void {
    this.#silentMs += ms;
    if (this.#silentMs >= freshnessMs(this.#port.members())) this.#stale('silence', this.#provedAt);
  }

  #stale(cause: StaleCause, since: number): void {
    if (this.#causes.has(cause)) return;
    this.#causes.add(cause);
    this.#port.stale(cause, since);
  }

  #without(...causes: StaleCause[]): void {
    const before = this.#causes.size;
    for (const cause of causes) this.#causes.delete(cause);
    if (before > 0 && this.#causes.size === 0) this.#port.fresh();
  }
}
