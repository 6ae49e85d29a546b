/**
 * Notices messages that were withheld. Every stored message carries how many its sender had sent before; when that
 * jumps by more than the number of items whose bytes had expired in between, some are missing (PROTOCOL decision 13).
 */
export class GapWatch {
  readonly #last = new Map<string, { sctr: number; passed: number }>();
  #passed = 0;

  /** A member comes in before our eyes: we will see its messages from the first. */
  joined(mid: string): void {
    this.#last.set(mid, { sctr: -1, passed: this.#passed });
  }

  left(mid: string): void {
    this.#last.delete(mid);
  }

  /** An item went by that could not be read, so it may have been anybody's. */
  passed(): void {
    this.#passed += 1;
  }

  /** A message was read. Answers how many of the same sender are missing before it. */
  heard(mid: string, sctr: number): number {
    const last = this.#last.get(mid);
    this.#last.set(mid, { sctr, passed: this.#passed });
    if (!last) return 0;
    return Math.max(0, sctr - last.sctr - 1 - (this.#passed - last.passed));
  }
}
