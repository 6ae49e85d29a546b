import type { HistoryEvent, Place } from './event.ts';
import type { Lineage } from './lineage.ts';
import { byPlace, placeText, type Message } from './messages.ts';

/** A message that is known to be in the log of a room, at its origin. */
export interface Known extends Place {
  id: string;
}

/** What the logs of all rooms must have held, since somebody saw it. */
export class KnownLog {
  readonly #byRoom: ReadonlyMap<string, readonly Known[]>;
  readonly #lineage: Lineage;
  readonly #ofGeneration = new Map<string, readonly Known[]>();

  /** @param events with every sight at its origin */
  constructor(events: readonly HistoryEvent[], messages: ReadonlyMap<string, Message>, lineage: Lineage) {
    this.#lineage = lineage;
    const places = new Map<string, Known & { room: string }>();
    for (const event of events) {
      if (event.type !== 'ok' && event.type !== 'deliver') continue;
      const { room, generation, seq, id } = event;
      if (messages.get(id)?.sent?.room === room)
        places.set(JSON.stringify([room, placeText(event)]), { room, generation, seq, id });
    }
    this.#byRoom = Map.groupBy([...places.values()].sort(byPlace), ({ room }) => room);
  }

  /** What stands in a generation, in order, with what it shares with those that it carries on. */
  of(room: string, generation: number): readonly Known[] {
    const key = JSON.stringify([room, generation]);
    const known =
      this.#ofGeneration.get(key) ??
      this.#all(room).filter((one) => this.#lineage.has(room, generation, one));
    this.#ofGeneration.set(key, known);
    return known;
  }

  /** What began in a later generation. */
  after(room: string, generation: number): readonly Known[] {
    return this.#all(room).filter((one) => one.generation > generation);
  }

  #all(room: string): readonly Known[] {
    return this.#byRoom.get(room) ?? [];
  }
}

/** The index of the first that stands behind `seq`, by halving. */
export function firstAfter(known: readonly Known[], seq: number): number {
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known[middle]!.seq > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
