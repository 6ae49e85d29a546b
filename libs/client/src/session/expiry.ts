import type { Clock, Timer } from '../clock.ts';

/** Says when things have outlived their time. One timer, whatever their number. */
export class Expiry {
  readonly #clock: Clock;
  readonly #expired: (ids: string[]) => void;
  readonly #due = new Map<string, number>();
  #timer: Timer | undefined;

  constructor(clock: Clock, expired: (ids: string[]) => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  /** Adds a thing, or gives it another time. */
  set(id: string, at: number): void {
    this.#due.set(id, at);
    this.#arm();
  }

  delete(id: string): void {
    this.#due.delete(id);
    this.#arm();
  }

  clear(): void {
    this.#due.clear();
    this.#timer?.cancel();
  }

  #arm(): void {
    this.#timer?.cancel();
    if (this.#due.size === 0) return;
    const next = Math.min(...this.#due.values());
    this.#timer = this.#clock.schedule(Math.max(0, next - this.#clock.now()), () => this.#sweep());
  }

  #sweep(): void {
    const now = this.#clock.now();
    const ids = [...this.#due].filter(([, at]) => at <= now).map(([id]) => id);
    for (const id of ids) this.#due.delete(id);
    this.#arm();
    if (ids.length > 0) this.#expired(ids);
  }
}
