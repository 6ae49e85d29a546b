import type { Anomaly } from './anomaly.ts';
import type { EventOf, HistoryEvent } from './event.ts';
import type { Message } from './messages.ts';

type Sight = EventOf<'ok' | 'deliver'>;

export interface MessageRules {
  /** How long a message may be seen, from its sending; unlimited unless told. */
  lifeMs?: number;
}

/** Clocks of pods and clients may differ by this when a message's life ends (I10). */
const LIFE_TOLERANCE_MS = 1_000;

/** Whether each sight of a message is one of a message that was sent, here, and still lives (I7 to I10). */
export function checkMessages(
  events: readonly HistoryEvent[],
  messages: ReadonlyMap<string, Message>,
  { lifeMs = Infinity }: MessageRules,
): Anomaly[] {
  const expired = new Set<string>();
  return events.flatMap((event) => {
    if (event.type === 'expire') expired.add(keyOf(event));
    if (event.type !== 'ok' && event.type !== 'deliver') return [];
    const isGone = event.type === 'deliver' && expired.has(keyOf(event));
    const anomaly = checkSight(event, messages.get(event.id)!, lifeMs, isGone);
    return anomaly ? [anomaly] : [];
  });
}

function checkSight(event: Sight, message: Message, lifeMs: number, isGone: boolean): Anomaly | undefined {
  const { id, room, process, tMono } = event;
  const found = (kind: Anomaly['kind'], detail: string): Anomaly => ({ kind, room, process, id, detail });
  const { sent, failedAt } = message;
  if (!sent) return found('phantom', 'nobody sent it');
  if (sent.room !== room) return found('cross-room', `sent in ${sent.room}`);
  if (tMono < sent.at) return found('phantom', 'seen before it was sent');
  if (failedAt !== undefined) return found('phantom', 'its sender was told that it had failed');
  if (isGone) return found('late', 'shown again after it was taken off the screen');
  if (tMono > sent.at + lifeMs + LIFE_TOLERANCE_MS)
    return found('late', `${Math.round(tMono - sent.at - lifeMs)} ms after its life`);
  return undefined;
}

const keyOf = ({ process, room, id }: EventOf<'ok' | 'deliver' | 'expire'>): string =>
  JSON.stringify([process, room, id]);
