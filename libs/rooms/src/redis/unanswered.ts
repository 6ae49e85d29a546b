const MAX_KEPT = 10_000;

/**
 * Messages that may be stored without their sender, and so anybody else, having been told. When one of them is repeated
 * and turns out to be stored, it is news to the others.
 */
export class Unanswered {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= MAX_KEPT) return;
      this.#ids.delete(oldest);
    }
  }

  /** Whether it was one of them; it isn't any more. */
  take(id: string): boolean {
    return this.#ids.delete(id);
  }
}
