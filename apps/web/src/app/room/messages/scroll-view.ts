import type { ScrollView } from './reading-position.ts';

/** The measures of a real scroller whose messages carry `data-message`. */
export class ElementScrollView implements ScrollView {
  readonly #scroller: HTMLElement;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
  }

  get scrollHeight(): number {
    return this.#scroller.scrollHeight;
  }
  get clientHeight(): number {
    return this.#scroller.clientHeight;
  }
  get scrollTop(): number {
    return this.#scroller.scrollTop;
  }
  set scrollTop(top: number) {
    this.#scroller.scrollTop = top;
  }

  /** Messages stand one below the other, so half of them are ruled out by each look: measuring all of them takes frames. */
  firstVisible(): { id: string; top: number } | undefined {
    const edge = this.#scroller.getBoundingClientRect().top;
    const messages = this.#messages();
    let [low, high] = [0, messages.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (messages[middle]!.getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    const first = messages[low];
    return first && { id: first.dataset['message'] ?? '', top: first.getBoundingClientRect().top - edge };
  }

  topOf(id: string): number | undefined {
    const element = [...this.#messages()].find(({ dataset }) => dataset['message'] === id);
    return element && element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  #messages(): NodeListOf<HTMLElement> {
    return this.#scroller.querySelectorAll<HTMLElement>('[data-message]');
  }
}
