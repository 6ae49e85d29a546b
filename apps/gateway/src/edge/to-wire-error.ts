import type { WireError } from '@bytechat/protocol';
import { RoomError } from '@bytechat/rooms';
import { describeError } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';

/** What the caller is told: the refusal itself, or ERR_BUSY for anything else (the store is out of reach). */
export function toWireError(error: unknown, log: Log): WireError {
  if (error instanceof RoomError) return error.toWire();
  log.error({ error: describeError(error) }, 'A request could not be served.');
  return new RoomError('ERR_BUSY').toWire();
}
