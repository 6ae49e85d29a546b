import type { Clock, Timer } from '@bytechat/client';

interface Scheduled {
  at: number;
  order: number;
  task: () => void;
}

/** Time that moves only when a test says so. */
export class FakeClock implements Clock {
  #now: number;
  #order = 0;
  readonly #scheduled = new Set<Scheduled>();

  constructor(now = 1_800_000_000_000) {
    this.#now = now;
  }

  /** How many timers are set: 0 after everything has been cleared away. */
  get timers(): number {
    return this.#scheduled.size;
  }

  now(): number {
    return this.#now;
  }

  schedule(delayMs: number, task: () => void): Timer {
    const scheduled = { at: this.#now + Math.max(0, delayMs), order: ++this.#order, task };
    this.#scheduled.add(scheduled);
    return { cancel: () => void this.#scheduled.delete(scheduled) };
  }

  /** Moves to the next timer and runs it. False when there is none until `limit`; then the time is `limit`. */
  runNext(limit: number): boolean {
    const next = this.#next();
    if (!next || next.at > limit) {
      this.#now = Math.max(this.#now, limit);
      return false;
    }
    this.#scheduled.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.task();
    return true;
  }

  #next(): Scheduled | undefined {
    let first: Scheduled | undefined;
    for (const one of this.#scheduled)
      if (!first || one.at < first.at || (one.at === first.at && one.order < first.order)) first = one;
    return first;
  }
}
