import { computed, inject, Injectable, signal } from '@angular/core';
import type { Emoji } from './emoji-data.ts';
import { EmojiLibrary } from './emoji-library.ts';
import { searchEmoji } from './emoji-search.ts';
import { SkinTone } from './skin-tone.ts';

const MOST = 6;
/** A colon at the beginning of a word, and the begun name behind it. */
const BEGUN = /(?:^|[\s(])(:([\p{L}\p{N}_+-]{2,30}))$/u;
const WHOLE = /(?:^|[\s(])(:([\p{L}\p{N}_+-]{2,30}):)$/u;

/** What replaces a part of the text. */
export interface Completed {
  text: string;
  caret: number;
}

/** `:name` in the text being written becomes an emoji. */
@Injectable()
export class EmojiCompletion {
  readonly #library = inject(EmojiLibrary);
  readonly #tone = inject(SkinTone);
  readonly #begun = signal<{ text: string; from: number; caret: number; name: string } | undefined>(
    undefined,
  );
  readonly #at = signal(0);

  readonly found = computed(() => {
    const begun = this.#begun();
    return begun ? searchEmoji(this.#library.all(), begun.name, MOST) : [];
  });
  /** Index of the one that is taken by Enter; undefined while nothing is offered. */
  readonly at = computed(() =>
    this.found().length === 0 ? undefined : Math.min(this.#at(), this.found().length - 1),
  );

  /** The text or the caret has changed. Answers with the new text when a whole name stands there. */
  typed(text: string, caret: number): Completed | undefined {
    const before = text.slice(0, caret);
    const whole = WHOLE.exec(before);
    if (whole) return this.#whole(text, caret, whole);
    const begun = BEGUN.exec(before);
    this.#at.set(0);
    this.#begun.set(begun ? { text, caret, from: caret - begun[1]!.length, name: begun[2]! } : undefined);
    if (begun) this.#library.want();
    return undefined;
  }

  move(step: 1 | -1): void {
    const { length } = this.found();
    this.#at.set(((this.at() ?? 0) + step + length) % length);
  }

  /** Takes one of those that were found. */
  take(index: number): Completed | undefined {
    const [begun, emoji] = [this.#begun(), this.found()[index]];
    this.close();
    return begun && emoji && this.#replaced(begun.text, begun.from, begun.caret, emoji, ' ');
  }

  shown(emoji: Emoji): string {
    return this.#tone.apply(emoji);
  }

  close(): void {
    this.#begun.set(undefined);
  }

  #whole(text: string, caret: number, [, marked = '', name = '']: RegExpExecArray): Completed | undefined {
    this.close();
    const emoji = this.#library.all().find(({ names }) => names.includes(name.toLowerCase()));
    return emoji && this.#replaced(text, caret - marked.length, caret, emoji, '');
  }

  #replaced(text: string, from: number, to: number, emoji: Emoji, after: string): Completed {
    const shown = this.#tone.apply(emoji) + after;
    return { text: text.slice(0, from) + shown + text.slice(to), caret: from + shown.length };
  }
}
