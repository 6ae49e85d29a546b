import type { ChatMessage, SystemLine } from '@bytechat/client';

/** Messages kept on screen: the room's own buffer holds no more. */
export const MAX_MESSAGES = 512;

/** A name told this soon after coming in is the name one came under, in ms. */
const ARRIVAL_MS = 30_000;

export type TimelineEntry =
  { kind: 'message'; id: string; message: ChatMessage } | { kind: 'system'; id: string; line: SystemLine };

/**
 * What the room shows, oldest first. Messages that are still on their way stand last: they take their place when
 * the server has given them one, so that everybody sees the same order.
 */
export interface Timeline {
  readonly settled: readonly TimelineEntry[];
  readonly pending: readonly TimelineEntry[];
}

export const EMPTY_TIMELINE: Timeline = { settled: [], pending: [] };

/** Adds a message, or replaces the one with its id. */
export function withMessage(timeline: Timeline, message: ChatMessage): Timeline {
  const entry: TimelineEntry = { kind: 'message', id: message.id, message };
  if (message.state === 'sending' || message.state === 'failed')
    return { ...timeline, pending: replacedOrAdded(timeline.pending, entry) };
  return {
    settled: trimmed(replacedOrAdded(timeline.settled, entry)),
    pending: timeline.pending.filter((other) => other.id !== entry.id),
  };
}

/** Adds a system line at the end of what is settled. A newcomer's first name isn't news: he came under it. */
export function withSystemLine(timeline: Timeline, line: SystemLine): Timeline {
  const arrival = line.kind === 'renamed' ? arrivalOf(timeline, line) : undefined;
  if (arrival) return { ...timeline, settled: replacedOrAdded(timeline.settled, arrival) };
  const entry: TimelineEntry = { kind: 'system', id: line.id, line };
  return { ...timeline, settled: trimmed(replacedOrAdded(timeline.settled, entry)) };
}

/** The line of somebody's coming in, under the name he has told since. */
function arrivalOf(
  timeline: Timeline,
  { mid, name, at }: SystemLine & { kind: 'renamed' },
): TimelineEntry | undefined {
  for (const entry of timeline.settled) {
    if (entry.kind !== 'system' || entry.line.kind !== 'joined' || entry.line.mid !== mid) continue;
    if (at - entry.line.at <= ARRIVAL_MS) return { ...entry, line: { ...entry.line, name } };
  }
  return undefined;
}

/** Takes messages off the screen. */
export function without(timeline: Timeline, ids: readonly string[]): Timeline {
  const gone = new Set(ids);
  const stays = (entry: TimelineEntry) => !gone.has(entry.id);
  return { settled: timeline.settled.filter(stays), pending: timeline.pending.filter(stays) };
}

function replacedOrAdded(entries: readonly TimelineEntry[], entry: TimelineEntry): readonly TimelineEntry[] {
  const at = entries.findIndex((other) => other.id === entry.id);
  return at < 0 ? [...entries, entry] : entries.with(at, entry);
}

/** Drops the oldest entries of a kind beyond the limit, each kind counted by itself. */
function trimmed(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  if (entries.length <= MAX_MESSAGES) return entries;
  const room = { message: MAX_MESSAGES, system: MAX_MESSAGES };
  return entries
    .toReversed()
    .filter((entry) => room[entry.kind]-- > 0)
    .reverse();
}
