import { Component, computed, inject } from '@angular/core';
import { inWords } from '../clock/durations.ts';
import { Language } from '../i18n/language.ts';
import { RoomSessionStore } from '../session/room-session-store.ts';
import { Icon } from '../ui/icon.ts';

/** What everybody should know before the first word: how long it stays, and whether newcomers can read it. */
@Component({
  selector: 'app-room-terms',
  imports: [Icon],
  template: `
    @if (terms(); as words) {
      <p class="terms" data-testid="room-terms"><app-icon name="info" />{{ words }}</p>
    }
  `,
})
export class RoomTerms {
  readonly #session = inject(RoomSessionStore);
  readonly #language = inject(Language);

  protected readonly terms = computed(() => {
    const facts = this.#session.facts();
    if (!facts || this.#session.membership().step !== 'active') return undefined;
    const texts = this.#language.texts().room;
    const lifetime = texts.terms(inWords(facts.ttlSeconds, this.#language.locale()));
    return `${lifetime} ${facts.history === 0 ? texts.termsNoHistory : texts.termsHistory}`;
  });
}
