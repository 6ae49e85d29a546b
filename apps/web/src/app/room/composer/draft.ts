import { computed, signal, type Signal } from '@angular/core';
import { MAX_TEXT_LENGTH } from '@bytechat/protocol';

/** From here on the counter is shown. */
const COUNTER_FROM_LEFT = 400;

/** The text being written, and whether it may go. Length counts UTF-16 units, as sender and receivers do. */
export class Draft {
  readonly #text: Signal<string>;
  readonly #ready: Signal<boolean>;

  constructor(text: Signal<string>, ready: Signal<boolean> = signal(true)) {
    this.#text = text;
    this.#ready = ready;
  }

  /** Characters left; negative when the text is too long. */
  readonly left = computed(() => MAX_TEXT_LENGTH - this.#text().length);
  readonly counterShown = computed(() => this.left() <= COUNTER_FROM_LEFT);
  readonly tooLong = computed(() => this.left() < 0);
  readonly sendable = computed(() => this.#ready() && !this.tooLong() && this.#text().trim() !== '');
}

/** A keydown this soon after a composition, in ms, is still part of it. */
const PART_OF_COMPOSITION_MS = 50;

/**
 * Enter sends; with Shift, or while an input method is composing a character, it doesn't. Safari ends a composition
 * before its last keydown arrives, so the time of the last composition tells, too.
 */
export function isSendKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'timeStamp'>,
  composedAt: number,
): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return false;
  return event.timeStamp - composedAt > PART_OF_COMPOSITION_MS;
}
