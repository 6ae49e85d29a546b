import { computed, signal } from '@angular/core';

/** What the scroller must tell: its measures, and where the messages stand in it. */
export interface ScrollView {
  readonly scrollHeight: number;
  readonly clientHeight: number;
  scrollTop: number;
  /** The first message that can be seen, and its distance from the upper edge in px. */
  firstVisible(): { id: string; top: number } | undefined;
  /** The distance of a message from the upper edge, or undefined when it is gone. */
  topOf(id: string): number | undefined;
}

/** Nearer to the end than this counts as being at the end, in px. */
const AT_END_PX = 48;

/**
 * Keeps one's place in the conversation. Who is at the end stays at the end; who reads back stays on the very line,
 * whatever is added below or vanishes above, and is told how much is new.
 */
export class ReadingPosition {
  readonly #atEnd = signal(true);
  readonly #unseen = signal(0);
  readonly atEnd = this.#atEnd.asReadonly();
  readonly unseen = this.#unseen.asReadonly();
  readonly pillShown = computed(() => !this.#atEnd());
  #anchor: { id: string; top: number } | undefined;

  /** The person, or the browser, has scrolled. */
  scrolled(view: ScrollView): void {
    const distance = view.scrollHeight - view.clientHeight - view.scrollTop;
    this.#atEnd.set(distance <= AT_END_PX);
    if (this.#atEnd()) this.#unseen.set(0);
    this.#anchor = view.firstVisible();
  }

  /** Messages of others have come in. */
  arrived(count: number): void {
    if (!this.#atEnd()) this.#unseen.update((unseen) => unseen + count);
  }

  /** The content or the height has changed and is laid out: puts the view back where it was. */
  settle(view: ScrollView): void {
    if (this.#atEnd()) {
      view.scrollTop = view.scrollHeight;
      return;
    }
    const top = this.#anchor && view.topOf(this.#anchor.id);
    if (this.#anchor && top !== undefined) view.scrollTop += top - this.#anchor.top;
    this.#anchor = view.firstVisible();
  }

  /** To the newest message: the pill, or an own message was sent. */
  toEnd(view: ScrollView): void {
    this.#atEnd.set(true);
    this.#unseen.set(0);
    view.scrollTop = view.scrollHeight;
  }
}
