import type { TimelineEntry } from '../../session/timeline.ts';

/** Tells which messages weren't there when it was asked before. */
export class NewArrivals {
  #known: ReadonlySet<string> = new Set();

  /** How many messages of one's own and of others are new. */
  in(entries: readonly TimelineEntry[]): { own: number; others: number } {
    const arrived = { own: 0, others: 0 };
    for (const entry of entries) {
      if (entry.kind !== 'message' || this.#known.has(entry.id)) continue;
      arrived[entry.message.own ? 'own' : 'others'] += 1;
    }
    this.#known = new Set(entries.map((entry) => entry.id));
    return arrived;
  }
}
