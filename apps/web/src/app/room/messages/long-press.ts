/** How long a finger rests on a message before its menu opens, and how far it may move meanwhile. */
const LONG_MS = 500;
const STILL_PX = 10;

/** Tells a long press of a finger from a tap and from scrolling. Where the browser does so itself, its own event comes first. */
export class LongPress {
  readonly #pressed: (x: number, y: number) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #from = { x: 0, y: 0 };

  constructor(pressed: (x: number, y: number) => void) {
    this.#pressed = pressed;
  }

  down({ pointerType, clientX: x, clientY: y }: PointerEvent): void {
    this.up();
    if (pointerType !== 'touch') return;
    this.#from = { x, y };
    this.#timer = setTimeout(() => this.#pressed(x, y), LONG_MS);
  }

  move({ clientX, clientY }: PointerEvent): void {
    if (Math.hypot(clientX - this.#from.x, clientY - this.#from.y) > STILL_PX) this.up();
  }

  /** The finger is gone, or something else came of it. */
  up(): void {
    clearTimeout(this.#timer);
  }
}
