/** Where something opens, in px of the window. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What stays free at the edges of the window, in px. */
const MARGIN = 8;

/** Moves what has opened at a place so far that all of it is inside the window. */
export function keepInside(element: HTMLElement, { x, y }: Place): void {
  const { width, height } = element.getBoundingClientRect();
  const { innerWidth, innerHeight } = element.ownerDocument.defaultView!;
  element.style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - width - MARGIN))}px`;
  element.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - height - MARGIN))}px`;
}
