import type { CloseCode } from '@bytechat/client';
import type { ErrorText } from './error-texts.ts';

/** Why a room was closed, in words. */
export const CLOSE_TEXTS: Readonly<Record<CloseCode, ErrorText>> = {
  LEFT: { what: 'You have left the room.', next: 'Everything about it has been erased from this browser.' },
  EXPIRED: {
    what: 'The room was quiet for too long.',
    next: 'Your session has ended and its keys are erased. You can join again with the same link.',
  },
  REPLACED: {
    what: 'The room goes on in another connection.',
    next: 'This tab has stopped. Use the other one, or join again here.',
  },
  KICKED: {
    what: 'A member has removed you from the room.',
    next: 'The keys have been erased from this browser.',
  },
  ATTEMPTS: {
    what: 'The server can’t be reached.',
    next: 'Check your connection, then try again.',
  },
  GENERATION: {
    what: 'The room has been founded anew.',
    next: 'Its earlier course can’t be vouched for any more. Join again to go on; earlier messages can’t be read.',
  },
  ROOM_GONE: {
    what: 'This room has ended.',
    next: 'The server doesn’t know it any more. Make a new room and share its link.',
  },
  REMOVED: {
    what: 'You were away for too long.',
    next: 'The members have closed the gap without you. Join again to come back.',
  },
  PROTOCOL: {
    what: 'The server said something that makes no sense.',
    next: 'To be safe, the room was closed and its keys were erased. Reload the page and join again.',
  },
  REFUSED: {
    what: 'The server refuses this connection.',
    next: 'Reload the page. If that doesn’t help, ask whoever runs this server.',
  },
};
