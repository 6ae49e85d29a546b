import { computed, DestroyRef, DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { injectTexts } from '../i18n/language.ts';
import { NewArrivals } from '../room/messages/new-arrivals.ts';
import { PRODUCT } from '../i18n/texts.ts';
import { RoomSessionStore } from './room-session-store.ts';

/** The tab's title: how many messages came in while nobody was looking. */
@Injectable({ providedIn: 'root' })
export class PageTitle {
  readonly #session = inject(RoomSessionStore);
  readonly #document = inject(DOCUMENT);
  readonly #texts = injectTexts('room');
  readonly #arrivals = new NewArrivals();
  readonly #unread = signal(0);
  readonly #text = computed(() => {
    const name = this.#session.stage() === 'inside' ? `${this.#texts().title} · ${PRODUCT}` : PRODUCT;
    return this.#unread() === 0 ? name : `(${this.#unread()}) ${name}`;
  });

  constructor() {
    const title = inject(Title);
    effect(() => title.setTitle(this.#text()));
    effect(() => this.#count());
    const looked = () => {
      if (!this.#document.hidden) this.#unread.set(0);
    };
    this.#document.addEventListener('visibilitychange', looked);
    inject(DestroyRef).onDestroy(() => this.#document.removeEventListener('visibilitychange', looked));
  }

  #count(): void {
    const { others } = this.#arrivals.in(this.#session.entries());
    if (this.#session.stage() !== 'inside') this.#unread.set(0);
    else if (this.#document.hidden) this.#unread.update((unread) => unread + others);
  }
}
