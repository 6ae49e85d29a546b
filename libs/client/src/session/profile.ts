import type { Clock, Timer } from '../clock.ts';
import type { Random } from '../random.ts';

/** Newcomers learn names within this; members don't all speak at once. */
const LONGEST_DELAY_MS = 2_000;
const SHORTEST_DELAY_MS = 300;

/** Says one's chosen name: when one is in, and again to those who come later. */
export class Profile {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #announce: () => void;
  #timer: Timer | undefined;

  constructor(clock: Clock, random: Random, announce: () => void) {
    this.#clock = clock;
    this.#random = random;
    this.#announce = announce;
  }

  /** Newcomers within the delay are told together. */
  announceSoon(): void {
    if (this.#timer) return;
    const delay = SHORTEST_DELAY_MS + this.#random.fraction() * (LONGEST_DELAY_MS - SHORTEST_DELAY_MS);
    this.#timer = this.#clock.schedule(delay, () => {
      this.#timer = undefined;
      this.#announce();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
