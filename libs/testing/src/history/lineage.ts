import type { HistoryEvent, Place } from './event.ts';

interface CarriedOn {
  parent: number;
  /** A seq up to which both share every item. */
  shared: number;
}

/**
 * Which generations of a room carry on which: up to some seq they share every item, so one item has a place in each of
 * them. Clients tell it when they go on in a higher generation (`recover` with `recovered: true`).
 */
export class Lineage {
  readonly #carriedOn = new Map<string, CarriedOn[]>();

  constructor(events: readonly HistoryEvent[]) {
    const present = new Map<string, number>();
    for (const event of events) {
      if (event.type !== 'presence' && event.type !== 'recover') continue;
      const view = JSON.stringify([event.process, event.room]);
      const before = present.get(view);
      if (event.type === 'recover' && event.recovered) {
        if (before === undefined || event.generation <= before) continue;
        this.#add(event.room, event.generation, { parent: before, shared: event.seq });
      }
      present.set(view, event.generation);
    }
  }

  /** The place of an item in the earliest generation that has it. */
  origin(room: string, { generation, seq }: Place): Place {
    const all = this.#carriedOn.get(keyOf(room, generation)) ?? [];
    const parents = all.filter(({ shared }) => seq <= shared).map(({ parent }) => parent);
    if (parents.length === 0) return { generation, seq };
    return this.origin(room, { generation: Math.min(...parents), seq });
  }

  /** Whether an item with this origin stands in a generation. */
  has(room: string, generation: number, origin: Place): boolean {
    return this.origin(room, { generation, seq: origin.seq }).generation === origin.generation;
  }

  /** The same events with every sight of a message at its origin. */
  atOrigins(events: readonly HistoryEvent[]): HistoryEvent[] {
    return events.map((event) =>
      event.type === 'ok' || event.type === 'deliver'
        ? { ...event, ...this.origin(event.room, event) }
        : event,
    );
  }

  /** Of what several clients tell of one parent, the longest counts. */
  #add(room: string, generation: number, { parent, shared }: CarriedOn): void {
    const key = keyOf(room, generation);
    const known = this.#carriedOn.get(key) ?? [];
    const same = known.find((one) => one.parent === parent);
    if (same) same.shared = Math.max(same.shared, shared);
    else this.#carriedOn.set(key, [...known, { parent, shared }]);
  }
}

const keyOf = (room: string, generation: number): string => JSON.stringify([room, generation]);
