import { BcError, type BcErrorCode } from '@bytechat/crypto';
import { WIRE_ERRORS, type WireError, type WireErrorCode } from '@bytechat/protocol';

/** Refusals that neither the server nor the cryptography make. */
export const CLIENT_ERRORS = {
  ERR_TEXT_EMPTY: 'There is nothing to send.',
  ERR_TEXT_TOO_LONG: 'The text is too long.',
  ERR_QUEUE_FULL: 'Too many messages are waiting to be sent.',
  ERR_OFFLINE: 'The server can not be reached.',
  ERR_CLOSED: 'The room has been closed.',
  ERR_UNSUPPORTED: 'This is not possible now.',
  ERR_MESSAGE_GONE: 'This message is not here any more.',
  ERR_FILE_EMPTY: 'The file is empty.',
  ERR_FILE_DAMAGED: 'The file is not the one that its sender described.',
  ERR_CANCELLED: 'It was cancelled.',
} as const;

export type ClientOnlyErrorCode = keyof typeof CLIENT_ERRORS;
export type ClientErrorCode = WireErrorCode | BcErrorCode | ClientOnlyErrorCode;

/** Every rejection of the SDK: a stable code, and when a repetition may succeed. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ClientErrorCode, details: { message?: string; retryAfterMs?: number | undefined } = {}) {
    super(details.message ?? messageOf(code));
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export const fromWire = ({ code, message, retryAfterMs }: WireError): ClientError =>
  new ClientError(code, { message, retryAfterMs });

/** A refusal by the cryptography as an error of the SDK; every other error stays what it is. */
export const typed = (error: unknown): unknown =>
  error instanceof BcError ? new ClientError(error.code, { message: error.message }) : error;

function messageOf(code: ClientErrorCode): string {
  if (code in CLIENT_ERRORS) return CLIENT_ERRORS[code as ClientOnlyErrorCode];
  if (code in WIRE_ERRORS) return WIRE_ERRORS[code as WireErrorCode].message;
  return code;
}
