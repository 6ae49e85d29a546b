import type { TimelineEntry } from '../../session/timeline.ts';

/** What came in since the last look. */
export interface Arrived {
  /** Messages of one's own. */
  own: number;
  /** Messages of others, and the id of the first of them. */
  others: number;
  first: string | undefined;
}

/** Tells which messages weren't there when it was asked before. */
export class NewArrivals {
  #known: ReadonlySet<string> = new Set();

  in(entries: readonly TimelineEntry[]): Arrived {
    const arrived: Arrived = { own: 0, others: 0, first: undefined };
    for (const entry of entries) {
      if (entry.kind !== 'message' || this.#known.has(entry.id)) continue;
      arrived[entry.message.own ? 'own' : 'others'] += 1;
      if (!entry.message.own) arrived.first ??= entry.id;
    }
    this.#known = new Set(entries.map((entry) => entry.id));
    return arrived;
  }
}
