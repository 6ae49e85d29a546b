import { Component, computed, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
import { Language } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { systemText } from '../messages/system-text.ts';
import { Announcements, type Phrases } from './announcements.ts';

/** What comes within this time is told together, in ms. */
const TOGETHER_MS = 600;
/** Lines kept: a screen reader is told of additions, and needs none of the old ones. */
const KEPT_LINES = 5;
const MOST_NAMES = 3;

/**
 * Tells a screen reader of every new message, once. The conversation itself is silent, since it is redrawn for many reasons:
 * a tick, a new name, a message that has found its place.
 */
@Component({
  selector: 'app-announcer',
  host: { class: 'hidden-text', 'aria-live': 'polite', 'data-testid': 'announcer' },
  template: `
    @for (line of lines(); track line.number) {
      <p>{{ line.text }}</p>
    }
  `,
})
export class Announcer {
  readonly #session = inject(RoomSessionStore);
  readonly #language = inject(Language);
  readonly #announcements = new Announcements();
  readonly #lines = signal<readonly { number: number; text: string }[]>([]);
  protected readonly lines = this.#lines.asReadonly();
  readonly #phrases = computed((): Phrases => {
    const [texts, locale] = [this.#language.texts(), this.#language.locale()];
    const listed = new Intl.ListFormat(locale, { type: 'conjunction' });
    return {
      message: ({ name, text, attachment }) => `${name}: ${text || (attachment?.name ?? '')}`,
      changed: ({ name, text, deleted }) =>
        deleted ? texts.conversation.deletedBy(name) : texts.conversation.editedBy(name, text),
      burst: (count, names) =>
        `${texts.room.newMessages(count)}: ${listed.format(names.slice(0, MOST_NAMES))}`,
      system: ({ line }) => systemText([line], texts.system, locale),
    };
  });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = 0;

  constructor() {
    effect(() => {
      if (this.#announcements.take(this.#session.entries()))
        this.#timer ??= setTimeout(() => this.#tell(), TOGETHER_MS);
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#timer));
  }

  #tell(): void {
    this.#timer = undefined;
    const said = untracked(() => this.#announcements.tell(this.#phrases()));
    const lines = said.map((text) => ({ number: (this.#told += 1), text }));
    this.#lines.update((before) => [...before, ...lines].slice(-KEPT_LINES));
  }
}
