import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** Whether the person can see this tab. */
@Injectable({ providedIn: 'root' })
export class Attention {
  readonly #document = inject(DOCUMENT);
  readonly #here = signal(!this.#document.hidden);
  readonly here = this.#here.asReadonly();

  constructor() {
    const changed = () => this.#here.set(!this.#document.hidden);
    this.#document.addEventListener('visibilitychange', changed);
    inject(DestroyRef).onDestroy(() => this.#document.removeEventListener('visibilitychange', changed));
  }
}
