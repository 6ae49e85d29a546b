import type { Page } from 'playwright-core';

/** A landmark of the page and where it stands, in px. */
export interface Box {
  name: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The parts that carry the page; what is not there is left out. */
const LANDMARKS: Readonly<Record<string, string>> = {
  bar: '.page-bar',
  words: '.start-words',
  card: 'main .card, main.card',
  header: '.room-header',
  log: '[role=log]',
  composer: 'app-composer',
  aside: '.room-aside',
  dialog: 'dialog[open]',
};

/** Where the landmarks stand. */
export function landmarksOf(page: Page): Promise<Box[]> {
  return page.evaluate((landmarks) => {
    return Object.entries(landmarks).flatMap(([name, selector]) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      if (!box || box.width === 0) return [];
      const { left, right, top, bottom } = box;
      return [{ name, left, right, top, bottom }];
    });
  }, LANDMARKS);
}

/** Pairs of landmarks that lie over each other; a dialog may. */
export function overlaps(boxes: readonly Box[]): string[] {
  const inFlow = boxes.filter(({ name }) => name !== 'dialog');
  return inFlow.flatMap((one, at) =>
    inFlow.slice(at + 1).flatMap((other) => (lieOver(one, other) ? [`${one.name} and ${other.name}`] : [])),
  );
}

/** Less than this is rounding. */
const SLACK_PX = 1;

function lieOver(one: Box, other: Box): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return across > SLACK_PX && down > SLACK_PX;
}

/** Landmarks that don't stand where a mirror would show them. */
export function notMirrored(boxes: readonly Box[], mirrored: readonly Box[], width: number): string[] {
  const others = new Map(mirrored.map((box) => [box.name, box]));
  return boxes.flatMap(({ name, left, right }) => {
    const other = others.get(name);
    if (!other) return [`${name} is missing`];
    const fits = Math.abs(other.left - (width - right)) <= 2 && Math.abs(other.right - (width - left)) <= 2;
    return fits ? [] : [`${name}: ${left}–${right} and ${other.left}–${other.right}`];
  });
}

/** Controls, headings and pictures that reach out of the page sideways, and the page itself if it scrolls that way. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = [
      ...document.querySelectorAll<HTMLElement>('button, input, select, textarea, a, h1, h2, h3, svg'),
    ];
    const cut = seen.filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      if (width <= 1 || !element.checkVisibility({ visibilityProperty: true })) return false;
      return left < -1 || right > innerWidth + 1;
    });
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
    return [
      ...wide,
      ...cut.map(({ tagName, className, textContent }) => `${tagName}.${className} ${textContent}`),
    ];
  });
}

/**
 * Controls that a finger can't hit: less than 44 px high or wide, with the label around them and the area that an `::after` adds.
 * Links in running text may be smaller.
 */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const LEAST_PX = 43.5;
    const added = (element: Element): number => {
      const { position, content, top } = getComputedStyle(element, '::after');
      return content === 'none' || position !== 'absolute' ? 0 : Math.max(0, -2 * Number.parseFloat(top));
    };
    const controls = [...document.querySelectorAll<HTMLElement>('button, input, select, textarea, summary')];
    const small = controls.filter((element) => {
      const target = element.closest('label') ?? element;
      const { width, height } = target.getBoundingClientRect();
      if (width <= 1 || !element.checkVisibility({ visibilityProperty: true })) return false;
      return Math.min(width, height) + added(target) < LEAST_PX;
    });
    return small.map(
      (element) =>
        `${element.dataset['testid'] ?? element.className} of ${element.getBoundingClientRect().height} px`,
    );
  });
}
