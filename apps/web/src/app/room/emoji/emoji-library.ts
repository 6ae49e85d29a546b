import { effect, inject, Injectable, signal } from '@angular/core';
import { Language } from '../../i18n/language.ts';
import type { LanguageTag } from '../../i18n/languages.ts';
import { loadEmoji, type Emoji } from './emoji-data.ts';

/** All emoji, fetched when they are first wanted, with their names in the language of the moment. */
@Injectable({ providedIn: 'root' })
export class EmojiLibrary {
  readonly #language = inject(Language);
  readonly #wanted = signal(false);
  readonly #all = signal<readonly Emoji[]>([]);
  readonly #failed = signal(false);

  /** Empty until they are here. */
  readonly all = this.#all.asReadonly();
  readonly failed = this.#failed.asReadonly();

  constructor() {
    effect(() => {
      if (this.#wanted()) void this.#load(this.#language.tag());
    });
  }

  want(): void {
    this.#wanted.set(true);
    if (this.#failed()) void this.#load(this.#language.tag());
  }

  async #load(language: LanguageTag): Promise<void> {
    const all = await loadEmoji(language).catch(() => undefined);
    if (language !== this.#language.tag()) return;
    this.#failed.set(all === undefined);
    if (all) this.#all.set(all);
  }
}
