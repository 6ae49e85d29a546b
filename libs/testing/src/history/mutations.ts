import type { AnomalyKind } from './anomaly.ts';
import { LOG_READER, type EventOf, type HistoryEvent } from './event.ts';

/** One thing that goes wrong in a valid history, and what it must be found as (any of them). */
export const MUTATIONS = {
  drop: ['skip', 'unobserved', 'lost-write'],
  lose: ['lost-write'],
  duplicate: ['duplicate'],
  swap: ['nonmonotonic'],
  'store-twice': ['duplicate', 'split-offset'],
  're-offset': ['split-offset'],
  'cross-room': ['cross-room'],
  invent: ['phantom'],
  late: ['late'],
} as const satisfies Readonly<Record<string, readonly AnomalyKind[]>>;

export type Mutation = keyof typeof MUTATIONS;

/**
 * The history with one fault, at the place that `choice` picks, or undefined when there is no place for it.
 * @param lifeMs of messages: what is late is later than that
 */
export function mutate(
  events: readonly HistoryEvent[],
  mutation: Mutation,
  choice: number,
  lifeMs: number,
): HistoryEvent[] | undefined {
  const places = deliveries(events).filter((one) => fits(mutation, one, events));
  const place = places[choice % places.length];
  return place && apply(mutation, place, events, lifeMs);
}

interface Delivery {
  event: EventOf<'deliver'>;
  index: number;
  /** The next delivery in the same stretch of the same view. */
  next: number | undefined;
  /** The view was to have it: it goes on, or has later ones. */
  isDue: boolean;
  /** How many saw the message, its sender included. */
  witnesses: number;
  isAcknowledged: boolean;
}

function fits(
  mutation: Mutation,
  { event, next, isDue, witnesses, isAcknowledged }: Delivery,
  events: readonly HistoryEvent[],
): boolean {
  switch (mutation) {
    case 'drop':
      return isDue && witnesses > 1;
    case 'lose':
      return isAcknowledged && event.process.startsWith(LOG_READER);
    case 'swap':
      return next !== undefined && (events[next] as EventOf<'deliver'>).seq > event.seq;
    case 're-offset':
      return witnesses > 1;
    case 'store-twice':
      return event.process.startsWith(LOG_READER);
    default:
      return true;
  }
}

function apply(
  mutation: Mutation,
  { event, index, next }: Delivery,
  events: readonly HistoryEvent[],
  lifeMs: number,
): HistoryEvent[] {
  switch (mutation) {
    case 'drop':
      return events.toSpliced(index, 1);
    case 'lose':
      return events.filter((one) => one.type !== 'deliver' || one.id !== event.id);
    case 'duplicate':
      return events.toSpliced(index, 0, event);
    case 'swap':
      return events.with(index, events[next!]!).with(next!, event);
    case 'store-twice':
      return [...events, { ...event, seq: event.seq + FAR }];
    case 're-offset':
      return events.with(index, { ...event, seq: event.seq + FAR });
    case 'cross-room':
      return events.with(index, { ...event, room: `not ${event.room}` });
    case 'invent':
      return events.with(index, { ...event, id: 'never sent' });
    case 'late':
      return events.with(index, { ...event, tMono: event.tMono + 2 * lifeMs });
  }
}

/** Beyond every seq of a generated history. */
const FAR = 1_000_000;

function deliveries(events: readonly HistoryEvent[]): Delivery[] {
  const witnesses = new Map<string, number>();
  const acknowledged = new Set<string>();
  const stretches = new Map<string, Delivery[]>();
  const all: Delivery[] = [];
  for (const [index, event] of events.entries()) {
    const view = JSON.stringify([event.process, event.room]);
    if (event.type === 'ok') acknowledged.add(event.id);
    if (event.type === 'ok' || event.type === 'deliver')
      witnesses.set(event.id, (witnesses.get(event.id) ?? 0) + 1);
    if (event.type === 'deliver') {
      const delivery = { event, index, next: undefined, isDue: true, witnesses: 0, isAcknowledged: false };
      const stretch = stretches.get(view) ?? [];
      const before = stretch.at(-1);
      if (before) before.next = index;
      stretches.set(view, [...stretch, delivery]);
      all.push(delivery);
    } else if (endsStretch(event)) {
      const last = stretches.get(view)?.at(-1);
      if (last) last.isDue = false;
      stretches.delete(view);
    }
  }
  return all.map((one) => ({
    ...one,
    witnesses: witnesses.get(one.event.id)!,
    isAcknowledged: acknowledged.has(one.event.id),
  }));
}

const endsStretch = (event: HistoryEvent): boolean =>
  event.type === 'presence' || (event.type === 'recover' && !event.recovered);
