import { Component, computed, inject } from '@angular/core';
import { injectTexts, Language } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';

/** Names shown; more are "several". */
const MOST_NAMES = 2;

/** Who is typing, in a line that is always there, so that nothing moves. */
@Component({
  selector: 'app-typing-line',
  host: { class: 'typing', 'data-testid': 'typing' },
  template: `
    @if (words() !== '') {
      <span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>
    }
    <span class="typing-words" aria-live="polite">{{ words() }}</span>
  `,
})
export class TypingLine {
  readonly #session = inject(RoomSessionStore);
  readonly #language = inject(Language);
  readonly #texts = injectTexts('typing');
  protected readonly words = computed(() => {
    const typing = new Set(this.#session.typing());
    const names = this.#session
      .members()
      .flatMap(({ mid, name }) => (typing.has(mid) ? [isolated(name)] : []));
    if (names.length === 0) return '';
    if (names.length > MOST_NAMES) return this.#texts().many;
    return this.#texts().now(new Intl.ListFormat(this.#language.locale()).format(names), names.length);
  });
}

/** A name keeps its own direction, and the sentence around it keeps the page's. */
const isolated = (name: string): string => `\u2068${name}\u2069`;
