import type { Clock, Timer } from '../clock.ts';

/** Keys don't protect more messages than this, however fast people write. */
const MAX_MESSAGES = 1_000;

/**
 * Says when the room's keys should be renewed: after a while in which something was said, or after many messages; and when
 * nobody has done it for as long once more.
 */
export class KeyAge {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  readonly #old: () => void;
  readonly #overdue: (since: number) => void;
  #since: number;
  #messages = 0;
  /** Since when they should be renewed. */
  #dueSince: number | undefined;
  #timer: Timer | undefined;

  constructor(clock: Clock, lifeMs: number, old: () => void, overdue: (since: number) => void) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
    this.#old = old;
    this.#overdue = overdue;
    this.#since = clock.now();
  }

  /** Somebody has said something. */
  used(): void {
    this.#messages += 1;
    if (this.#messages === 1) this.#wake(Math.max(0, this.#since + this.#lifeMs - this.#clock.now()));
    else if (this.#messages === MAX_MESSAGES) this.#wake(0);
  }

  renewed(): void {
    this.stop();
    this.#since = this.#clock.now();
    this.#messages = 0;
    this.#dueSince = undefined;
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** Asks until the keys are renewed. */
  #wake(ms: number): void {
    this.stop();
    this.#timer = this.#clock.schedule(ms, () => {
      this.#wake(this.#lifeMs);
      const now = this.#clock.now();
      this.#dueSince ??= now;
      if (now >= this.#dueSince + this.#lifeMs) this.#overdue(this.#dueSince);
      this.#old();
    });
  }
}
