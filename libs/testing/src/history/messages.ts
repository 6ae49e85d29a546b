import type { HistoryEvent, Place } from './event.ts';

/** All that a history says about one message. */
export interface Message {
  id: string;
  /** Undefined: seen without having been sent. */
  sent?: { process: string; room: string; at: number };
  ok?: Place & { at: number };
  failedAt?: number;
}

/** The messages of a history by their ids, which are unique in it. */
export function messagesOf(events: readonly HistoryEvent[]): Map<string, Message> {
  const messages = new Map<string, Message>();
  for (const event of events) {
    if (!('id' in event)) continue;
    const message = messages.get(event.id) ?? { id: event.id };
    messages.set(event.id, message);
    if (event.type === 'send') message.sent ??= { process: event.process, room: event.room, at: event.tMono };
    else if (event.type === 'ok')
      message.ok ??= { generation: event.generation, seq: event.seq, at: event.tMono };
    else if (event.type === 'fail') message.failedAt ??= event.tMono;
  }
  return messages;
}

/** Ascending: first by generation, then by seq. */
export const byPlace = (a: Place, b: Place): number => a.generation - b.generation || a.seq - b.seq;

export const placeText = ({ generation, seq }: Place): string => `${generation}-${seq}`;
