import { CLIENT_ERRORS, ClientError, type ClientErrorCode, type CloseCode } from '@bytechat/client';
import { WIRE_ERRORS } from '@bytechat/protocol';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { Failure } from './failure.ts';

const REFUSALS: ReadonlySet<string> = new Set([
  'ERR_GATE',
  'ERR_ROOM_NOT_FOUND',
  'ERR_LOCKED',
  'ERR_FULL',
  'ERR_RATE',
  'ERR_ORIGIN',
  'ERR_VERSION',
  'ERR_NOT_MEMBER',
  'ERR_BLOB_NOT_FOUND',
  'ERR_BLOB_TOO_LARGE',
  'ERR_BLOB_FULL',
]);
const UNAVAILABLE: ReadonlySet<string> = new Set(['ERR_OFFLINE', 'ERR_BUSY', 'ERR_INDETERMINATE']);

/** What a person can do about it. */
const NEXT: Partial<Record<ClientErrorCode, string>> = {
  ERR_CODE: 'Copy the link once more.',
  ERR_GATE: 'Check the password, or ask for the link again.',
  ERR_ROOM_NOT_FOUND: 'It has ended, or the link is from another server.',
  ERR_FORK:
    'The server shows people in this room different conversations: agree on a new one over another channel.',
  ERR_TEXT_TOO_LONG: 'One message has at most 4,000 characters.',
};

/** In place of the encryption's own wording, which is for developers. */
const SAID: Partial<Record<ClientErrorCode, string>> = {
  ERR_CODE: 'The code in this link has a typing error.',
  ERR_SUITE: 'This room uses an encryption that this program does not know.',
  ERR_KDF_WEAK: 'This room protects its password too weakly.',
  ERR_FORK: 'Sending has stopped.',
};

const CLOSINGS: Readonly<Record<CloseCode, readonly [ExitCode, string]>> = {
  LEFT: [EXIT.ok, 'The room has been left.'],
  EXPIRED: [EXIT.failed, 'The session has ended after a long silence.'],
  REPLACED: [EXIT.failed, 'The session goes on in another connection.'],
  KICKED: [EXIT.refused, 'A member has removed you from the room.'],
  ATTEMPTS: [EXIT.unavailable, 'The server can not be reached any more.'],
  GENERATION: [EXIT.failed, 'The room has been founded anew. Join it again.'],
  ROOM_GONE: [EXIT.refused, 'The room has ended.'],
  REMOVED: [EXIT.failed, 'You were away for too long. Join the room again.'],
  PROTOCOL: [EXIT.failed, 'The server said something that makes no sense; the room was closed to be safe.'],
  REFUSED: [EXIT.refused, 'The server refuses this connection.'],
};

/** An error of the SDK in words. What the server wrote itself is never repeated: only its code counts. */
export function failureOf(code: ClientErrorCode, details: { message?: string; retryAfterMs?: number } = {}) {
  const said = SAID[code] ?? standardWords(code) ?? details.message ?? 'It failed.';
  const { retryAfterMs } = details;
  const next = retryAfterMs === undefined ? NEXT[code] : `Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
  return new Failure(exitCodeOf(code), next === undefined ? said : `${said} ${next}`, code);
}

/** The end of a stay that we did not choose. */
export function closing(code: CloseCode): Failure {
  const [exitCode, words] = CLOSINGS[code];
  return new Failure(exitCode, words, code);
}

/** Any error as a failure. Of one that nobody foresaw only the kind and the place are told: its text may hold data. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ClientError) {
    const { code, message, retryAfterMs } = error;
    return failureOf(code, { message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  }
  const { name, place } = traceOf(error);
  return new Failure(EXIT.failed, `An error that nobody foresaw: ${name} ${place}`.trim());
}

function exitCodeOf(code: ClientErrorCode): ExitCode {
  if (code === 'ERR_CODE') return EXIT.usage;
  if (REFUSALS.has(code)) return EXIT.refused;
  return UNAVAILABLE.has(code) ? EXIT.unavailable : EXIT.failed;
}

function standardWords(code: ClientErrorCode): string | undefined {
  if (code in CLIENT_ERRORS) return CLIENT_ERRORS[code as keyof typeof CLIENT_ERRORS];
  if (code in WIRE_ERRORS) return WIRE_ERRORS[code as keyof typeof WIRE_ERRORS].message;
  return undefined;
}

function traceOf(error: unknown): { name: string; place: string } {
  if (!(error instanceof Error)) return { name: typeof error, place: '' };
  const place = /^\s+(at .+)$/m.exec(error.stack ?? '')?.[1] ?? '';
  return { name: error.name, place };
}
