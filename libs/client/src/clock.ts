/** The only source of time in the SDK, so that a test can replace it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once, when `now()` has moved by `delayMs` or more, unless cancelled. */
  schedule(delayMs: number, task: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** A timer counts whole milliseconds of another clock, so it may go off this much before `Date.now()` is there. */
const EARLIEST_MS = 2;

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, task) {
    const due = Date.now() + delayMs;
    let handle = setTimeout(fire, delayMs);
    function fire(): void {
      const early = due - Date.now();
      if (early > 0 && early <= EARLIEST_MS) handle = setTimeout(fire, early);
      else task();
    }
    return { cancel: () => clearTimeout(handle) };
  },
};
