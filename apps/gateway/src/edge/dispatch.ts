import type { MessageMappingProperties } from '@nestjs/websockets';
import type { WireError } from '@bytechat/protocol';
import { RoomError } from '@bytechat/rooms';
import type { EventMeter } from '../metrics/event-meter.ts';
import { Allowance } from './allowance.ts';
import type { ChatSocket } from './chat-socket.ts';
import type { InFlight } from './in-flight.ts';
import type { Acknowledge } from './wire-exception.filter.ts';

/** Events of any kind: wide enough for the longest catch-up, narrow enough that a flood doesn't reach the store. */
const EVENT_BURST = 400;
const EVENTS_PER_SECOND = 50;
/** Chunks of files have an allowance of their own: whoever sends or fetches them can write at the same time. */
const BLOB_EVENTS: ReadonlySet<string> = new Set(['blob_put', 'blob_get']);

export interface DispatchContext {
  inFlight: InFlight;
  meter: EventMeter;
}

type Handler = (payload: unknown, acknowledge: Acknowledge) => Promise<object | undefined>;

/**
 * One listener a connection instead of one a handler: finds the handler of an event and acknowledges with what it
 * returns. An event of no handler, or with another number of payloads than one, is acknowledged with ERR_FORMAT.
 */
export function bindHandlers(
  socket: ChatSocket,
  handlers: readonly MessageMappingProperties[],
  { inFlight, meter }: DispatchContext,
): void {
  const byEvent = new Map(handlers.map(({ message, callback }) => [message as string, callback as Handler]));
  const allowance = new Allowance(EVENT_BURST, EVENTS_PER_SECOND);
  const blobAllowance = new Allowance(EVENT_BURST, EVENTS_PER_SECOND);
  socket.onAny((event: string, ...args: unknown[]) => {
    const { payloads, acknowledge: reply } = splitArguments(args);
    const waitMs = (BLOB_EVENTS.has(event) ? blobAllowance : allowance).take();
    if (waitMs > 0) {
      meter.flooded();
      refuse(reply, new RoomError('ERR_RATE', { retryAfterMs: waitMs }).toWire());
      return;
    }
    const handler = byEvent.get(event);
    const acknowledge = metered(event, reply, meter);
    if (handler === undefined || payloads.length !== 1)
      refuse(acknowledge, new RoomError('ERR_FORMAT').toWire());
    else void answer(() => handler(payloads[0], acknowledge), acknowledge, inFlight);
  });
}

function metered(event: string, acknowledge: Acknowledge, meter: EventMeter): Acknowledge {
  const startedAt = performance.now();
  return (answer) => {
    meter.answered(event, answer, performance.now() - startedAt);
    acknowledge(answer);
  };
}

function refuse(acknowledge: Acknowledge, error: WireError): void {
  acknowledge({ ok: false, error });
}

/** A handler that failed answers nothing: the exception filter has acknowledged already. */
async function answer(
  handle: () => Promise<object | undefined>,
  acknowledge: Acknowledge,
  inFlight: InFlight,
): Promise<void> {
  inFlight.begin();
  try {
    const result = await handle();
    if (result !== undefined) acknowledge(result);
  } finally {
    inFlight.end();
  }
}

function splitArguments(args: readonly unknown[]): {
  payloads: readonly unknown[];
  acknowledge: Acknowledge;
} {
  const last = args.at(-1);
  if (typeof last === 'function') return { payloads: args.slice(0, -1), acknowledge: last as Acknowledge };
  return { payloads: args, acknowledge: () => undefined };
}
