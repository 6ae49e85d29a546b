import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { Attention } from '../alerts/attention.ts';
import { injectTexts } from '../i18n/language.ts';
import { NewArrivals } from '../room/messages/new-arrivals.ts';
import { PRODUCT } from '../i18n/texts.ts';
import { Favicon } from './favicon.ts';
import { RoomSessionStore } from './room-session-store.ts';

/** The tab's title: how many messages came in while nobody was looking. */
@Injectable({ providedIn: 'root' })
export class PageTitle {
  readonly #session = inject(RoomSessionStore);
  readonly #attention = inject(Attention);
  readonly #texts = injectTexts('room');
  readonly #arrivals = new NewArrivals();
  readonly #unread = signal(0);
  readonly #text = computed(() => {
    const name = this.#session.stage() === 'inside' ? `${this.#texts().title} · ${PRODUCT}` : PRODUCT;
    return this.#unread() === 0 ? name : `(${this.#unread()}) ${name}`;
  });

  constructor() {
    const title = inject(Title);
    const favicon = inject(Favicon);
    effect(() => title.setTitle(this.#text()));
    effect(() => favicon.show(this.#unread() > 0));
    effect(() => this.#count());
    effect(() => {
      if (this.#attention.here()) this.#unread.set(0);
    });
  }

  #count(): void {
    const { others } = this.#arrivals.in(this.#session.entries());
    const inside = this.#session.stage() === 'inside';
    untracked(() => {
      if (!inside) this.#unread.set(0);
      else if (!this.#attention.here()) this.#unread.update((unread) => unread + others);
    });
  }
}
