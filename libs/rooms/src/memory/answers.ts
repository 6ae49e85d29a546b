/** First answers, each remembered for the same time after it was given. */
export class Answers<T> {
  readonly #byId = new Map<string, { at: number; answer: T }>();
  readonly #lifeMs: number;

  constructor(lifeMs: number) {
    this.#lifeMs = lifeMs;
  }

  get(id: string, now: number): T | undefined {
    const entry = this.#byId.get(id);
    return entry !== undefined && entry.at + this.#lifeMs > now ? entry.answer : undefined;
  }

  set(id: string, answer: T, now: number): void {
    this.#byId.delete(id);
    this.#byId.set(id, { at: now, answer });
  }

  /** @returns how many were forgotten. */
  trim(now: number): number {
    let removed = 0;
    for (const [id, { at }] of this.#byId) {
      if (at + this.#lifeMs > now) break;
      this.#byId.delete(id);
      removed += 1;
    }
    return removed;
  }
}
