import { computed, DOCUMENT, effect, inject, Injectable, signal, type Signal } from '@angular/core';
import { LANGUAGES, loadTexts, preferredLanguage, type LanguageTag } from './languages.ts';
import { ENGLISH, type Texts } from './texts.ts';

/** The language of the interface, remembered only as long as the tab lives. */
@Injectable({ providedIn: 'root' })
export class Language {
  readonly #document = inject(DOCUMENT);
  readonly #shown = signal<{ tag: LanguageTag; texts: Texts }>({ tag: 'en', texts: ENGLISH });
  /** Choices so far: only the last one counts, whichever arrives last. */
  #choices = 0;

  readonly tag = computed(() => this.#shown().tag);
  readonly texts = computed(() => this.#shown().texts);
  /** For dates and numbers: the person's own regional variety of the language, where the browser names one. */
  readonly locale = computed(() => {
    const tag = this.tag();
    const { languages } = this.#document.defaultView!.navigator;
    return languages.find((own) => own === tag || own.startsWith(`${tag}-`)) ?? tag;
  });

  constructor() {
    effect(() => {
      const { documentElement } = this.#document;
      documentElement.lang = this.tag();
      documentElement.dir = LANGUAGES[this.tag()].direction;
    });
  }

  /** What the browser asks for, else English. */
  chooseForBrowser(): Promise<void> {
    return this.choose(preferredLanguage(this.#document.defaultView!.navigator.languages));
  }

  /** Switches once the language is there; when it can't be loaded, the one that is shown stays. */
  async choose(tag: LanguageTag): Promise<void> {
    const choice = (this.#choices += 1);
    const texts = await loadTexts(tag).catch(() => undefined);
    if (texts && choice === this.#choices) this.#shown.set({ tag, texts });
  }
}

/** One part of the texts, in the language of the moment. */
export function injectTexts<Part extends keyof Texts>(part: Part): Signal<Texts[Part]> {
  const language = inject(Language);
  return computed(() => language.texts()[part]);
}
