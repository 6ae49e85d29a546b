/** Tokens a connection spends on its events; they come back with time. In this process only: no address shares it. */
export class Allowance {
  readonly #burst: number;
  readonly #msPerToken: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  constructor(burst: number, perSecond: number, now: () => number = () => performance.now()) {
    this.#burst = burst;
    this.#msPerToken = 1_000 / perSecond;
    this.#now = now;
    this.#tokens = burst;
    this.#filledAt = now();
  }

  /** Takes a token. Answers with 0, or with the milliseconds until there is one. */
  take(): number {
    this.#refill();
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) * this.#msPerToken);
    this.#tokens -= 1;
    return 0;
  }

  #refill(): void {
    const now = this.#now();
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#filledAt) / this.#msPerToken);
    this.#filledAt = now;
  }
}
