import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { WideScreen } from './wide-screen.ts';

/** Where the focus goes in a room: on a phone the field would bring up the keyboard over what one reads. */
const IN_ROOM = { wide: '#composer:enabled', narrow: '[role=log]' };
const ELSEWHERE = 'main h1, main h2';

/**
 * Whoever works with the keyboard or listens must not be thrown back to the top of the page because the button under the
 * finger has done its work and is gone: a banner that was answered, a message that was deleted, a page that was left.
 */
@Injectable({ providedIn: 'root' })
export class FocusKeeper {
  readonly #document = inject(DOCUMENT);
  readonly #screen = inject(WideScreen);
  #last: Element | undefined;

  constructor() {
    const remember = (event: FocusEvent) => {
      if (event.target instanceof Element) this.#last = event.target;
    };
    this.#document.addEventListener('focusin', remember);
    const observer = new MutationObserver(() => this.#look());
    observer.observe(this.#document.body, { childList: true, subtree: true });
    inject(DestroyRef).onDestroy(() => {
      this.#document.removeEventListener('focusin', remember);
      observer.disconnect();
    });
  }

  /** Only what has vanished under the focus is made good for: a click into the empty page is the person's own doing. */
  #look(): void {
    if (!this.#last || this.#last.isConnected || this.#document.activeElement !== this.#document.body) return;
    this.#last = undefined;
    const room = this.#screen.wide() ? IN_ROOM.wide : IN_ROOM.narrow;
    const home =
      this.#document.querySelector<HTMLElement>(room) ?? this.#document.querySelector<HTMLElement>(ELSEWHERE);
    if (!home) return;
    if (home.matches(ELSEWHERE)) home.tabIndex = -1;
    home.focus({ preventScroll: true });
  }
}
