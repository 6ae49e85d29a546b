import type { ClientErrorCode } from '@bytechat/client';
import { inWords } from '../clock/durations.ts';
import type { Texts } from '../i18n/texts.ts';

/** What happened, and what a person can do about it. */
export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

/** Every code that the server, the encryption and the SDK can answer with. A missing one is a type error. */
export const ERROR_KINDS: Readonly<Record<ClientErrorCode, keyof Texts['errors']>> = {
  // The server's (PROTOCOL §6.19)
  ERR_FORMAT: 'format',
  ERR_VERSION: 'version',
  ERR_ORIGIN: 'origin',
  ERR_GATE: 'gate',
  ERR_ROOM_NOT_FOUND: 'noRoom',
  ERR_ROOM_EXISTS: 'roomExists',
  ERR_LOCKED: 'locked',
  ERR_RATE: 'rate',
  ERR_EPOCH_STALE: 'keysChanged',
  ERR_WRAPS_INCOMPLETE: 'keyChangeIncomplete',
  ERR_DUPLICATE: 'duplicate',
  ERR_FULL: 'full',
  ERR_TOO_LARGE: 'tooLarge',
  ERR_NOT_MEMBER: 'notMember',
  ERR_STAGE_EXPIRED: 'keyChangeSlow',
  ERR_SERVER_ROLLBACK: 'rollback',
  ERR_GENERATION: 'generation',
  ERR_BUSY: 'busy',
  ERR_INDETERMINATE: 'indeterminate',
  ERR_BLOB_NOT_FOUND: 'fileGone',
  ERR_BLOB_TOO_LARGE: 'fileTooLarge',
  ERR_BLOB_FULL: 'fileSpaceFull',

  // The SDK's own
  ERR_TEXT_EMPTY: 'empty',
  ERR_TEXT_TOO_LONG: 'tooLong',
  ERR_QUEUE_FULL: 'queueFull',
  ERR_OFFLINE: 'offline',
  ERR_CLOSED: 'closed',
  ERR_UNSUPPORTED: 'unsupported',
  ERR_MESSAGE_GONE: 'messageGone',
  ERR_FILE_EMPTY: 'fileEmpty',
  ERR_FILE_DAMAGED: 'fileDamaged',
  ERR_CANCELLED: 'cancelled',

  // The encryption's: what the person gave
  ERR_CODE: 'mistypedCode',
  ERR_KDF_WEAK: 'weakPassword',
  ERR_SUITE: 'unknownSuite',

  // The encryption's: what arrived
  ERR_KEY: 'refusedByCheck',
  ERR_INVITE: 'notFromThisLink',
  ERR_KP_MAC: 'notFromThisLink',
  ERR_KP_SIG: 'refusedByCheck',
  ERR_KP_DUP: 'refusedByCheck',
  ERR_KU: 'refusedByCheck',
  ERR_KU_SIG: 'refusedByCheck',
  ERR_KU_ROLLBACK: 'refusedByCheck',
  ERR_CTL_MAC: 'notFromThisLink',
  ERR_COMMIT_AEAD: 'refusedByCheck',
  ERR_COMMIT_SIG: 'refusedByCheck',
  ERR_TRANSCRIPT: 'outOfStep',
  ERR_OP: 'refusedByCheck',
  ERR_POLICY: 'notAllowed',
  ERR_REMOVE_NEEDS_REKEY: 'refusedByCheck',
  ERR_NO_WRAP: 'outOfStep',
  ERR_WRAP_MAC: 'refusedByCheck',
  ERR_KEY_GONE: 'outOfStep',
  ERR_UNWRAP: 'outOfStep',
  ERR_CONFIRM: 'notFromThisLink',
  ERR_GI: 'notFromThisLink',
  ERR_GI_SIG: 'refusedByCheck',
  ERR_GI_SELF: 'refusedByCheck',
  ERR_ROSTER: 'refusedByCheck',
  ERR_AEAD: 'refusedByCheck',
  ERR_SIG: 'refusedByCheck',
  ERR_REPLAY: 'refusedByCheck',
  ERR_EPOCH: 'outOfStep',
  ERR_GAP: 'gap',
  ERR_FORK: 'fork',
  ERR_SEQ_GAP: 'outOfStep',
};

/** A refusal in words, with the waiting time when the server named one. */
export function describeRefusal(
  refused: { code: ClientErrorCode; retryAfterMs?: number },
  texts: Texts,
  locale: string,
): ErrorText {
  const text = texts.errors[ERROR_KINDS[refused.code]];
  if (refused.retryAfterMs === undefined) return text;
  const span = inWords(Math.ceil(refused.retryAfterMs / 1_000), locale);
  return { what: text.what, next: texts.waiting.tryAgainIn(span) };
}
