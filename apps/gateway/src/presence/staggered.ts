const SLOTS = 20;

/** Does a task for each of many things once a period, spread evenly over it instead of all at once. */
export class Staggered<T> {
  readonly #task: (item: T) => void;
  readonly #slots: Set<T>[] = Array.from({ length: SLOTS }, () => new Set<T>());
  readonly #timer: NodeJS.Timeout;
  #turn = 0;

  constructor(periodMs: number, task: (item: T) => void) {
    this.#task = task;
    this.#timer = setInterval(() => this.#tick(), periodMs / SLOTS).unref();
  }

  /** The thing's first turn comes within a period. */
  add(item: T): void {
    this.#slots.reduce((least, slot) => (slot.size < least.size ? slot : least)).add(item);
  }

  delete(item: T): void {
    for (const slot of this.#slots) slot.delete(item);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.#turn = (this.#turn + 1) % SLOTS;
    for (const item of this.#slots[this.#turn]!) this.#task(item);
  }
}
