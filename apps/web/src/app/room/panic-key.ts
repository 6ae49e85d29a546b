/** Presses of Esc that mean "away from here, now". */
const PRESSES = 3;
/** Between the first press and the last, in ms. */
const WITHIN_MS = 1_200;

/** Tells three quick presses of Esc from any other typing. */
export class PanicKey {
  #presses: readonly number[] = [];

  /** True when this key completes the sign. `at` in ms. */
  completedBy(key: string, at: number): boolean {
    this.#presses = key === 'Escape' ? [...this.#presses, at].slice(-PRESSES) : [];
    const first = this.#presses[0];
    return this.#presses.length === PRESSES && first !== undefined && at - first <= WITHIN_MS;
  }
}
