import type { Clock, Timer } from './clock.ts';

/** A sleep that something else can end early. One sleeper at a time. */
export class Pause {
  readonly #clock: Clock;
  #timer: Timer | undefined;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#timer = this.#clock.schedule(ms, () => this.wake());
    });
  }

  wake(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

/** Resolves when the promise does, and after `ms` in any case. */
export function within(clock: Clock, ms: number, promise: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.schedule(ms, resolve);
    void promise.finally(() => {
      timer.cancel();
      resolve();
    });
  });
}
