import { DestroyRef, inject, Injectable, signal, type Signal } from '@angular/core';

const TICK_MS = 1_000;

/** The time of day in ms since 1970, as a signal that moves once a second. */
@Injectable({ providedIn: 'root' })
export class Clock {
  readonly #now = signal(Date.now());
  readonly now: Signal<number> = this.#now.asReadonly();

  constructor() {
    const timer = setInterval(() => this.#now.set(Date.now()), TICK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
