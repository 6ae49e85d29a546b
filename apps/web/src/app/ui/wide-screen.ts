import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** Must equal the width at which styles/room.css gives the details a column of their own. */
const WIDE = '(min-width: 60rem)';

/** Whether there is room for the details beside the conversation. */
@Injectable({ providedIn: 'root' })
export class WideScreen {
  readonly #query = inject(DOCUMENT).defaultView!.matchMedia(WIDE);
  readonly #wide = signal(this.#query.matches);
  readonly wide = this.#wide.asReadonly();

  constructor() {
    const changed = (event: MediaQueryListEvent) => this.#wide.set(event.matches);
    this.#query.addEventListener('change', changed);
    inject(DestroyRef).onDestroy(() => this.#query.removeEventListener('change', changed));
  }
}
