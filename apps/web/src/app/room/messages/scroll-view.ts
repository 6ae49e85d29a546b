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

  firstVisible(): { id: string; top: number } | undefined {
    const edge = this.#scroller.getBoundingClientRect().top;
    for (const element of this.#messages()) {
      const box = element.getBoundingClientRect();
      if (box.bottom > edge) return { id: element.dataset['message'] ?? '', top: box.top - edge };
    }
    return undefined;
  }

  topOf(id: string): number | undefined {
    for (const element of this.#messages()) {
      if (element.dataset['message'] !== id) continue;
      return element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
    }
    return undefined;
  }

  #messages(): NodeListOf<HTMLElement> {
    return this.#scroller.querySelectorAll<HTMLElement>('[data-message]');
  }
}
