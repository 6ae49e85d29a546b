import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** Whether this device has a network at all, as far as the browser knows. */
@Injectable({ providedIn: 'root' })
export class Connectivity {
  readonly #window = inject(DOCUMENT).defaultView!;
  readonly #online = signal(this.#window.navigator.onLine);
  readonly online = this.#online.asReadonly();

  constructor() {
    const changed = () => this.#online.set(this.#window.navigator.onLine);
    for (const type of ['online', 'offline']) this.#window.addEventListener(type, changed);
    inject(DestroyRef).onDestroy(() => {
      for (const type of ['online', 'offline']) this.#window.removeEventListener(type, changed);
    });
  }
}
