import type { Clock, Timer } from '../clock.ts';
import { freshnessMs } from './rhythm.ts';

export interface FreshnessPort {
  members(): number;
  /** Whether proofs can be expected: we are connected, and others are here. */
  expectsProof(): boolean;
  stale(): void;
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
  #isStale = false;
  #timer: Timer | undefined;

  constructor(port: FreshnessPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
  }

  get isStale(): boolean {
    return this.#isStale;
  }

  start(): void {
    this.stop();
    this.proved();
    this.#lookLater();
  }

  /** Somebody has proved it, or the person goes on all the same. */
  proved(): void {
    this.#silentMs = 0;
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#port.fresh();
  }

  stop(): void {
    this.#timer?.cancel();
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
    if (this.#isStale || this.#silentMs < freshnessMs(this.#port.members())) return;
    this.#isStale = true;
    this.#port.stale();
  }
}
