import type { Acknowledgement, AckBodies, LogItem } from '@bytechat/protocol';
import type { ServerEvent } from '@bytechat/client';
import type { Attack, RelayLine } from './hostile-relay.ts';

export type MessageEvent = Extract<ServerEvent, { name: 'new_message' }>;

const victimOf =
  (name: string) =>
  (line: RelayLine): boolean =>
    line.name === name;

export function isMessage(event: ServerEvent): event is MessageEvent {
  return event.name === 'new_message';
}

/** Every item of the log, however it is told. */
export function isItem({ name }: ServerEvent): boolean {
  return name === 'new_message' || name === 'session_key_received' || name === 'room_head';
}

/** One person gets every message twice, the second time under the next number. */
export function repeating(victim: string): Attack {
  const isVictim = victimOf(victim);
  return {
    down: (event, line) => {
      if (!isVictim(line) || !isMessage(event)) return [event];
      const again = { ...event, payload: { ...event.payload, seq: event.payload.seq + 1 } };
      return [event, again];
    },
  };
}

/** One person gets messages with one byte changed. */
export function altering(victim: string, at: number): Attack {
  const isVictim = victimOf(victim);
  return {
    down: (event, line) => {
      if (!isVictim(line) || !isMessage(event)) return [event];
      const env = Uint8Array.from(event.payload.env);
      env[at]! ^= 1;
      return [{ ...event, payload: { ...event.payload, env } }];
    },
  };
}

/** One person sees two messages that follow each other in the other order, under the numbers of the right one. */
export function exchanging(victim: string): Attack {
  const isVictim = victimOf(victim);
  let first: MessageEvent | undefined;
  let done = false;
  return {
    down: (event, line) => {
      if (!isVictim(line) || !isMessage(event) || done) return [event];
      if (!first) {
        first = event;
        return [];
      }
      done = true;
      const { seq } = first.payload;
      return [
        { ...event, payload: { ...event.payload, seq } },
        { ...first, payload: { ...first.payload, seq: event.payload.seq } },
      ];
    },
    up: async ({ event }, forward, line) => {
      const answer = await forward();
      return isVictim(line) && event === 'sync_room' && first && !done
        ? upTo(answer, first.payload.seq - 1)
        : answer;
    },
  };
}

/**
 * One person never gets the next message, and no number is missing: all that comes later is counted one less, in events,
 * answers and requests.
 */
export function hiding(victim: string): Attack {
  const isVictim = victimOf(victim);
  let hidden: number | undefined;
  const shown = (seq: number): number => (hidden !== undefined && seq >= hidden ? seq - 1 : seq);
  return {
    down: (event, line) => {
      if (!isVictim(line)) return [event];
      if (isMessage(event) && hidden === undefined) {
        hidden = event.payload.seq;
        return [];
      }
      return [renumbered(event, shown)];
    },
    up: async ({ event, payload }, forward, line) => {
      if (!isVictim(line) || hidden === undefined) return forward();
      const { from } = payload as { from?: { generation: number; seq: number } };
      const asked = event === 'sync_room' && from && from.seq >= hidden - 1;
      const answer = await (asked ? forward({ from: { ...from, seq: from.seq + 1 } }) : forward());
      return countedBy(answer, shown);
    },
  };
}

/** Messages of one person are acknowledged and go nowhere: they are withheld from all. */
export function swallowing(
  victim: string,
  place: () => { generation: number; seq: number; at: number },
): Attack {
  const isVictim = victimOf(victim);
  return {
    up: async ({ event }, forward, line) => {
      if (!isVictim(line) || event !== 'send_message') return forward();
      return { ok: true, ...place() };
    },
  };
}

/** One person hears nothing new any more, whatever is asked. */
export function withholding(victim: string): Attack {
  const isVictim = victimOf(victim);
  return {
    down: (event, line) => (isVictim(line) && isItem(event) ? [] : [event]),
    up: async ({ event, payload }, forward, line) => {
      const answer = await forward();
      if (!isVictim(line) || event !== 'sync_room') return answer;
      return upTo(answer, (payload as { from: { seq: number } }).from.seq);
    },
  };
}

/** Every item for one person waits until the returned `release` is called. */
export function delaying(victim: string): { attack: Attack; release: () => void } {
  const isVictim = victimOf(victim);
  const late: (() => void)[] = [];
  let released = false;
  return {
    attack: {
      down: (event, line) => {
        if (released || !isVictim(line) || !isItem(event)) return [event];
        late.push(() => line.tell(event));
        return [];
      },
      up: async ({ event, payload }, forward, line) => {
        const answer = await forward();
        if (released || !isVictim(line) || event !== 'sync_room') return answer;
        return upTo(answer, (payload as { from: { seq: number } }).from.seq);
      },
    },
    release: () => {
      released = true;
      for (const tell of late.splice(0)) tell();
    },
  };
}

/** What is told of members is told of others: whoever is `from` is said to be `to`. */
export function reattributing(victim: string, from: Uint8Array, to: Uint8Array): Attack {
  const isVictim = victimOf(victim);
  return {
    down: (event, line) => {
      if (!isVictim(line) || (event.name !== 'user_joined' && event.name !== 'user_left')) return [event];
      const { payload } = event;
      if (!('mid' in payload) || payload.mid.join() !== from.join()) return [event];
      return [{ ...event, payload: { ...payload, mid: to } } as ServerEvent];
    },
  };
}

/** Whoever asks for key updates is told that there are none. */
export function withholdingKeys(): Attack {
  return {
    up: async ({ event, payload }, forward) => {
      const answer = await forward();
      const asked = event === 'share_session_key' && (payload as { kind: string }).kind === 'ku_get';
      return asked && answer.ok ? ({ ...answer, updates: [], more: false } as Acknowledgement) : answer;
    },
  };
}

type Synced = AckBodies['sync_room'];

/** An answer to `sync_room` as if the log ended at `seq`. */
function upTo(answer: Acknowledgement, seq: number): Acknowledgement {
  const page = answer as Acknowledgement<Synced>;
  if (!page.ok || !page.recovered) return answer;
  const items = page.items.filter((item) => item.seq <= seq);
  return { ...page, items, more: false, head: { ...page.head, seq } } as Acknowledgement;
}

function renumbered(event: ServerEvent, shown: (seq: number) => number): ServerEvent {
  const { payload } = event as { payload: { seq?: number } };
  if (!isItem(event) || payload.seq === undefined) return event;
  return { ...event, payload: { ...payload, seq: shown(payload.seq) } } as ServerEvent;
}

function countedBy(answer: Acknowledgement, shown: (seq: number) => number): Acknowledgement {
  const counted = answer as Acknowledgement<{ seq?: number; head?: { seq: number }; items?: LogItem[] }>;
  if (!counted.ok) return answer;
  return {
    ...counted,
    ...(counted.seq === undefined ? {} : { seq: shown(counted.seq) }),
    ...(counted.head ? { head: { ...counted.head, seq: shown(counted.head.seq) } } : {}),
    ...(counted.items ? { items: counted.items.map((item) => ({ ...item, seq: shown(item.seq) })) } : {}),
  };
}
