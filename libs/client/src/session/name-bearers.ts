/** Who has borne which name during this stay, present or gone. */
export class NameBearers {
  readonly #bearers = new Map<string, Set<string>>();

  /** A member bears this name. Answers whether it is new to the member and another one has borne it before. */
  bears(mid: string, name: string): boolean {
    const key = name.normalize('NFKC').toLowerCase();
    const bearers = this.#bearers.get(key) ?? new Set();
    this.#bearers.set(key, bearers);
    if (bearers.has(mid)) return false;
    bearers.add(mid);
    return bearers.size > 1;
  }

  clear(): void {
    this.#bearers.clear();
  }
}
