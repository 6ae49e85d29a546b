import type { EventOf, HistoryEvent, Place } from './event.ts';

interface CarriedOn {
  parent: number;
  /** A seq up to which both share every item. */
  shared: number;
}

/**
 * Which generations of a room carry on which: up to some seq they share every item, so one item has a place in each of
 * them. Clients tell it when they go on in a higher generation (`recover` with `recovered: true`); and it shows.
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
    for (const sights of sightsByMessage(events).values()) this.#addSights(sights);
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

  /** One message with one seq in two generations: the later one carries on the earlier, though nobody was told so. */
  #addSights(sights: readonly Sight[]): void {
    for (const [seq, same] of Map.groupBy(sights, (sight) => sight.seq)) {
      const generations = [...new Set(same.map(({ generation }) => generation))].sort((a, b) => a - b);
      for (const [index, generation] of generations.slice(1).entries())
        this.#add(same[0]!.room, generation, { parent: generations[index]!, shared: seq });
    }
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

type Sight = EventOf<'ok' | 'deliver'>;

function sightsByMessage(events: readonly HistoryEvent[]): Map<string, Sight[]> {
  const sights = events.filter((event): event is Sight => event.type === 'ok' || event.type === 'deliver');
  return Map.groupBy(sights, ({ room, id }) => JSON.stringify([room, id]));
}

const keyOf = (room: string, generation: number): string => JSON.stringify([room, generation]);
