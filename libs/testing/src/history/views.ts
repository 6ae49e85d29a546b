import type { HistoryEvent, Place } from './event.ts';

/** One message as it stood in a view. */
export interface Seen extends Place {
  id: string;
  at: number;
}

/** A part of a view in which nothing may be missing. It begins behind `seq`. */
export interface Stretch {
  seq: number;
  /** The one it began in, or the newest that carried this one on. */
  generation: number;
  /** In the order in which they were seen. */
  seen: Seen[];
  /** Whether it went on until the end of the history, so that all that came later belongs to it. */
  isOpen: boolean;
}

/** What one process saw of one room. */
export interface View {
  process: string;
  room: string;
  stretches: Stretch[];
  /** Seen while the process was not in the room. */
  outside: Seen[];
}

/** A `recover` that vouches for continuity goes on with the stretch; any other beginning starts a new one. */
export function viewsOf(events: readonly HistoryEvent[]): View[] {
  const views = new Map<string, View>();
  for (const event of events) {
    if (!concernsView(event)) continue;
    const key = JSON.stringify([event.process, event.room]);
    const { process, room } = event;
    const view = views.get(key) ?? { process, room, stretches: [], outside: [] };
    views.set(key, view);
    add(view, event);
  }
  return [...views.values()];
}

type ViewEvent = Extract<HistoryEvent, Place>;

const concernsView = (event: HistoryEvent): event is ViewEvent => 'seq' in event;

function add(view: View, event: ViewEvent): void {
  switch (event.type) {
    case 'presence':
      close(view);
      if (event.state === 'in') open(view, event);
      return;
    case 'recover':
      if (event.recovered) {
        goOn(view, event);
        return;
      }
      close(view);
      open(view, event);
      return;
    case 'ok':
    case 'deliver': {
      const { id, generation, seq, tMono: at } = event;
      const last = view.stretches.at(-1);
      (last?.isOpen ? last.seen : view.outside).push({ id, generation, seq, at });
    }
  }
}

function close(view: View): void {
  const last = view.stretches.at(-1);
  if (last) last.isOpen = false;
}

function goOn(view: View, { generation }: Place): void {
  const last = view.stretches.at(-1);
  if (last) last.generation = Math.max(last.generation, generation);
}

function open(view: View, { generation, seq }: Place): void {
  view.stretches.push({ generation, seq, seen: [], isOpen: true });
}
