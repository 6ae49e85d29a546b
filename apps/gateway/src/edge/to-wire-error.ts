import type { WireError } from '@bytechat/protocol';
import { RoomError } from '@bytechat/rooms';
import { describeError } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';
import { StoreOutOfReach } from '../store/circuit.ts';

/**
 * What the caller is told: the refusal itself, or ERR_BUSY for anything else (the store is out of reach). A known outage
 * was logged once, not for everybody who notices.
 */
export function toWireError(error: unknown, log: Log): WireError {
  if (error instanceof RoomError) return error.toWire();
  if (error instanceof StoreOutOfReach) return error.toRefusal().toWire();
  log.error({ error: describeError(error) }, 'A request could not be served.');
  return new StoreOutOfReach().toRefusal().toWire();
}
