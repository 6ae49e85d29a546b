/**
 * A history: what every process of a run saw, one line of JSON an event, in the order in which it happened. All
 * processes share one monotonic clock.
 */

interface Common {
  /** Who saw it: one client, or one reading of the log (`log@…`). */
  process: string;
  room: string;
  /** Milliseconds of a clock that never goes back. */
  tMono: number;
}

/** Where an item stands in a room. */
export interface Place {
  generation: number;
  seq: number;
}

export type HistoryEvent = Common &
  (
    | { type: 'send'; id: string }
    /** Acknowledged: the sender counts it as sent, and has seen it in its place. */
    | ({ type: 'ok'; id: string } & Place)
    /** Certainly not stored. */
    | { type: 'fail'; id: string }
    /** It is not known whether it was stored, and nobody tries any more. */
    | { type: 'info'; id: string }
    | ({ type: 'deliver'; id: string } & Place)
    /**
     * The view goes on. `recovered: true` in a higher generation: that one carries on the one before, and both share
     * every item up to `seq` at least. `recovered: false`: it begins anew behind this place; what was between may be
     * missing, and the person has been told.
     */
    | ({ type: 'recover'; recovered: boolean } & Place)
    /** `in`: sees everything after this place. `out`: sees nothing any more. */
    | ({ type: 'presence'; state: 'in' | 'out' } & Place)
    /** Taken off the screen, its time being over. */
    | { type: 'expire'; id: string }
  );

export type EventOf<T extends HistoryEvent['type']> = Extract<HistoryEvent, { type: T }>;

/** Processes whose name begins so have read a log: what they lack, the log lacks. */
export const LOG_READER = 'log@';

export const toLine = (event: HistoryEvent): string => `${JSON.stringify(event)}\n`;

/** @throws {Error} that names the line which is no event */
export function readHistory(text: string): HistoryEvent[] {
  const lines = text.split('\n').entries();
  return [...lines].filter(([, line]) => line !== '').map(([index, line]) => readEvent(line, index + 1));
}

const FIELDS: Readonly<Record<HistoryEvent['type'], readonly string[]>> = {
  send: ['id'],
  ok: ['id', 'generation', 'seq'],
  fail: ['id'],
  info: ['id'],
  deliver: ['id', 'generation', 'seq'],
  recover: ['recovered', 'generation', 'seq'],
  presence: ['state', 'generation', 'seq'],
  expire: ['id'],
};

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  process: isName,
  room: isName,
  id: isName,
  tMono: (value) => typeof value === 'number' && Number.isFinite(value),
  generation: isCount,
  seq: isCount,
  recovered: (value) => typeof value === 'boolean',
  state: (value) => value === 'in' || value === 'out',
};

function readEvent(line: string, number: number): HistoryEvent {
  const event = parse(line);
  const type = event?.['type'];
  const own = typeof type === 'string' && Object.hasOwn(FIELDS, type) ? FIELDS[type as 'send'] : undefined;
  const wrong = ['process', 'room', 'tMono', ...(own ?? [])].find((field) => !TYPES[field]!(event?.[field]));
  if (event === undefined || own === undefined) throw new Error(`Line ${number} is no event of a history.`);
  if (wrong !== undefined) throw new Error(`Line ${number}: ${wrong} is missing or wrong.`);
  return event as unknown as HistoryEvent;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
