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

  /** Looks for the section first: measuring a message far from the screen would have the browser lay it out. */
  firstVisible(): { id: string; top: number } | undefined {
    const edge = this.#scroller.getBoundingClientRect().top;
    const sections = this.#scroller.firstElementChild?.children ?? [];
    for (let at = firstReaching(sections, edge); at < sections.length; at += 1) {
      const messages = sections[at]!.querySelectorAll<HTMLElement>('[data-message]');
      const first = messages[firstReaching(messages, edge)];
      if (first) return { id: first.dataset['message'] ?? '', top: first.getBoundingClientRect().top - edge };
    }
    return undefined;
  }

  /** The element of a message. */
  find(id: string): HTMLElement | undefined {
    const messages = this.#scroller.querySelectorAll<HTMLElement>('[data-message]');
    return [...messages].find(({ dataset }) => dataset['message'] === id);
  }

  topOf(id: string): number | undefined {
    const element = this.#scroller.querySelector(`[data-message="${CSS.escape(id)}"]`);
    return element
      ? element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top
      : undefined;
  }
}

/** Of elements that stand one below the other the first that reaches below an edge; half of them are ruled out by each look. */
function firstReaching(elements: ArrayLike<Element>, edge: number): number {
  let [low, high] = [0, elements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle]!.getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  return low;
}
