import type { HistoryEvent } from '@bytechat/testing/history';

type Untimed<T> = T extends unknown ? Omit<T, 'tMono'> : never;

/** What happens in a run, in one order and by one clock. */
export class RunRecord {
  readonly events: HistoryEvent[] = [];
  /** What the harness itself could not explain: a run with one is worth nothing. */
  readonly problems: string[] = [];
  readonly #begin = performance.now();
  #acknowledged = 0;
  #delivered = 0;

  /** Milliseconds since the run began. */
  now(): number {
    return Math.round((performance.now() - this.#begin) * 1_000) / 1_000;
  }

  add(event: Untimed<HistoryEvent>): void {
    this.events.push({ ...event, tMono: this.now() });
    if (event.type === 'ok') this.#acknowledged++;
    if (event.type === 'deliver') this.#delivered++;
  }

  problem(what: string): void {
    this.problems.push(what);
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** In people's views, and in the readings of the log. */
  get delivered(): number {
    return this.#delivered;
  }
}
