import type { ClientErrorCode } from '@bytechat/client';
import { inWords } from '../clock/durations.ts';

/** What happened, and what a person can do about it. */
export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

const TRY_LATER = 'Wait a moment, then try again.';
const RELOAD = 'Reload the page and join again.';

/** Something a member or the server sent failed a check of the encryption; it was dropped, nothing was lost. */
const REFUSED_BY_CHECK: ErrorText = {
  what: 'Something that arrived failed a security check and was refused.',
  next: `If it happens again, leave the room and agree on a new one. ${RELOAD}`,
};
/** What would let us in, or a newcomer, is not made with this link and password. */
const NOT_FROM_THIS_LINK: ErrorText = {
  what: 'The answer doesn’t fit this link and password.',
  next: 'Check both with the person who invited you. If they are right, don’t trust this server: make a new room elsewhere.',
};
/** Two sides have drifted apart; starting over heals it. */
const OUT_OF_STEP: ErrorText = {
  what: 'This tab is out of step with the room.',
  next: RELOAD,
};

/** Every code that the server, the encryption and the SDK can answer with. A missing one is a type error. */
export const ERROR_TEXTS: Readonly<Record<ClientErrorCode, ErrorText>> = {
  // The server's (PROTOCOL §6.19)
  ERR_FORMAT: { what: 'A request was malformed.', next: RELOAD },
  ERR_VERSION: {
    what: 'This page and the server speak different versions.',
    next: 'Reload the page to get the server’s version.',
  },
  ERR_ORIGIN: {
    what: 'This server doesn’t accept connections from this address.',
    next: 'Open the page under the server’s own address, or ask whoever runs it.',
  },
  ERR_GATE: { what: 'Wrong link or password.', next: 'Check the password, or ask for the link again.' },
  ERR_ROOM_NOT_FOUND: {
    what: 'No room answers to this code.',
    next: 'It has ended, or the code is from another server. Ask for a new link, or make a room.',
  },
  ERR_ROOM_EXISTS: { what: 'This room exists already.', next: 'Join it with its link instead.' },
  ERR_LOCKED: {
    what: 'There were too many wrong tries; joining this room is locked for a while.',
    next: 'Those inside aren’t affected. Wait, then try again.',
  },
  ERR_RATE: { what: 'That was too fast.', next: TRY_LATER },
  ERR_EPOCH_STALE: { what: 'The room has just changed its keys.', next: 'Try again.' },
  ERR_WRAPS_INCOMPLETE: { what: 'A key change was incomplete.', next: 'Try again.' },
  ERR_DUPLICATE: { what: 'This was sent before.', next: 'Nothing is lost; delete the repetition.' },
  ERR_FULL: { what: 'The room is full.', next: 'Wait until somebody leaves, or make a new room.' },
  ERR_TOO_LARGE: { what: 'That was too large for the server.', next: 'Send it in smaller parts.' },
  ERR_NOT_MEMBER: { what: 'You are no member of this room any more.', next: 'Join again with the link.' },
  ERR_STAGE_EXPIRED: { what: 'A key change took too long.', next: 'Try again.' },
  ERR_SERVER_ROLLBACK: { what: 'The server has lost part of the room.', next: RELOAD },
  ERR_GENERATION: { what: 'The room has been founded anew.', next: 'Join again with the link.' },
  ERR_BUSY: { what: 'The server is busy.', next: TRY_LATER },
  ERR_INDETERMINATE: {
    what: 'It isn’t certain whether this has arrived.',
    next: 'Try again; it won’t appear twice.',
  },

  // The SDK's own
  ERR_TEXT_EMPTY: { what: 'There is nothing to send.', next: 'Write something first.' },
  ERR_TEXT_TOO_LONG: { what: 'The text is too long.', next: 'Shorten it to 4,000 characters.' },
  ERR_QUEUE_FULL: {
    what: 'Too many messages are waiting to be sent.',
    next: 'Wait until the connection is back. Your draft is kept.',
  },
  ERR_OFFLINE: { what: 'The server can’t be reached.', next: 'Check your connection, then try again.' },
  ERR_CLOSED: { what: 'The room is closed.', next: 'Join again with the link.' },
  ERR_UNSUPPORTED: { what: 'That isn’t possible right now.', next: TRY_LATER },

  // The encryption's: what the person gave
  ERR_CODE: {
    what: 'This code has a typing error in it.',
    next: 'Compare it with the original, or copy it once more.',
  },
  ERR_KDF_WEAK: {
    what: 'This room protects its password too weakly.',
    next: 'To be safe, this page doesn’t join. Make a new room.',
  },
  ERR_SUITE: {
    what: 'This room uses an encryption this page doesn’t know.',
    next: 'Reload the page to update it.',
  },

  // The encryption's: what arrived
  ERR_KEY: REFUSED_BY_CHECK,
  ERR_INVITE: NOT_FROM_THIS_LINK,
  ERR_KP_MAC: NOT_FROM_THIS_LINK,
  ERR_KP_SIG: REFUSED_BY_CHECK,
  ERR_KP_DUP: REFUSED_BY_CHECK,
  ERR_KU: REFUSED_BY_CHECK,
  ERR_CTL_MAC: NOT_FROM_THIS_LINK,
  ERR_COMMIT_AEAD: REFUSED_BY_CHECK,
  ERR_COMMIT_SIG: REFUSED_BY_CHECK,
  ERR_TRANSCRIPT: OUT_OF_STEP,
  ERR_OP: REFUSED_BY_CHECK,
  ERR_POLICY: REFUSED_BY_CHECK,
  ERR_REMOVE_NEEDS_REKEY: REFUSED_BY_CHECK,
  ERR_NO_WRAP: OUT_OF_STEP,
  ERR_WRAP_MAC: REFUSED_BY_CHECK,
  ERR_KEY_GONE: OUT_OF_STEP,
  ERR_UNWRAP: OUT_OF_STEP,
  ERR_CONFIRM: NOT_FROM_THIS_LINK,
  ERR_GI: NOT_FROM_THIS_LINK,
  ERR_GI_SIG: REFUSED_BY_CHECK,
  ERR_GI_SELF: REFUSED_BY_CHECK,
  ERR_ROSTER: REFUSED_BY_CHECK,
  ERR_AEAD: REFUSED_BY_CHECK,
  ERR_SIG: REFUSED_BY_CHECK,
  ERR_REPLAY: REFUSED_BY_CHECK,
  ERR_EPOCH: OUT_OF_STEP,
  ERR_GAP: { what: 'Messages are missing.', next: 'Ask the others whether they mattered.' },
  ERR_FORK: {
    what: 'The server shows people in this room different conversations.',
    next: 'Leave the room and agree on a new one over another channel.',
  },
  ERR_SEQ_GAP: OUT_OF_STEP,
};

/** One line for a refusal, with the waiting time when the server named one. */
export function describeRefusal(refused: { code: ClientErrorCode; retryAfterMs?: number }): ErrorText {
  const text = ERROR_TEXTS[refused.code];
  if (refused.retryAfterMs === undefined) return text;
  return { what: text.what, next: `Try again in ${inWords(Math.ceil(refused.retryAfterMs / 1_000))}.` };
}
