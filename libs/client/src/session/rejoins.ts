/** Coming back as a new member more often than this in a minute is a loop, not a recovery. */
const MAX_REJOINS = 3;
const WINDOW_MS = 60_000;

export class Rejoins {
  #recent: number[] = [];

  allow(now: number): boolean {
    this.#recent = this.#recent.filter((at) => at > now - WINDOW_MS);
    this.#recent.push(now);
    return this.#recent.length <= MAX_REJOINS;
  }
}
