import type { Clock } from './clock.ts';

/** The server's clock, as far as the last greeting told: members compare times by it, not by their own clocks. */
export class ServerTime {
  readonly #clock: Clock;
  #offset = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The server says that it is `serverTime` now. */
  set(serverTime: number): void {
    this.#offset = serverTime - this.#clock.now();
  }

  now(): number {
    return Math.round(this.#clock.now() + this.#offset);
  }

  /** A time of the server on the caller's clock. */
  toClient(serverMs: number): number {
    return serverMs - this.#offset;
  }
}
