import type { Clock } from '../clock.ts';
import { Expiry } from '../session/expiry.ts';
import type { Operation, Place } from './operation.ts';

/** Items kept whose message isn't here; the oldest give way. */
const MAX_STRAYS = 256;

export interface Stray {
  operation: Operation;
  place: Place;
}

/** Items about messages that haven't come. Nearly always they never will; none outlives its own time. */
export class Strays {
  readonly #strays = new Map<string, Stray>();
  readonly #clock: Clock;
  readonly #expiry: Expiry;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#expiry = new Expiry(clock, (keys) => {
      for (const key of keys) this.#strays.delete(key);
    });
  }

  /** `until` in ms of the own clock. */
  keep(stray: Stray, until: number): void {
    if (until <= this.#clock.now()) return;
    this.#strays.set(stray.operation.key, stray);
    this.#expiry.set(stray.operation.key, until);
    const [oldest] = this.#strays.keys();
    if (oldest !== undefined && this.#strays.size > MAX_STRAYS) this.#drop(oldest);
  }

  /** Takes out those about one message. */
  about(target: string): Stray[] {
    const found = [...this.#strays.values()].filter(({ operation }) => operation.target === target);
    for (const { operation } of found) this.#drop(operation.key);
    return found;
  }

  clear(): void {
    this.#strays.clear();
    this.#expiry.clear();
  }

  #drop(key: string): void {
    this.#strays.delete(key);
    this.#expiry.delete(key);
  }
}
