import { WIRE_ERRORS, type WireError, type WireErrorCode } from '@bytechat/protocol';

/** A refusal by the rules of the room: what the caller is told, and nothing has changed. */
export class RoomError extends Error {
  override readonly name = 'RoomError';
  readonly code: WireErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly current: number | undefined;

  constructor(code: WireErrorCode, details: { retryAfterMs?: number; current?: number } = {}) {
    super(WIRE_ERRORS[code].message);
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
    this.current = details.current;
  }

  /** The body of the acknowledgement. */
  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      ...(this.current === undefined ? {} : { current: this.current }),
    };
  }
}
