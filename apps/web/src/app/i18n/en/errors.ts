/** What happened, and what a person can do about it: refusals by kind, and reasons for which a room closes. */
export const EN_ERRORS = {
  waiting: { tryAgainIn: (span: string) => `Try again in ${span}.` },

  errors: {
    format: { what: 'A request was malformed.', next: 'Reload the page and join again.' },
    version: {
      what: 'This page and the server speak different versions.',
      next: 'Reload the page to get the server’s version.',
    },
    origin: {
      what: 'This server doesn’t accept connections from this address.',
      next: 'Open the page under the server’s own address, or ask whoever runs it.',
    },
    gate: { what: 'Wrong link or password.', next: 'Check the password, or ask for the link again.' },
    noRoom: {
      what: 'No room answers to this code.',
      next: 'It has ended, or the code is from another server. Ask for a new link, or make a room.',
    },
    roomExists: { what: 'This room exists already.', next: 'Join it with its link instead.' },
    locked: {
      what: 'There were too many wrong tries; joining this room is locked for a while.',
      next: 'Those inside aren’t affected. Wait, then try again.',
    },
    rate: { what: 'That was too fast.', next: 'Wait a moment, then try again.' },
    keysChanged: { what: 'The room has just changed its keys.', next: 'Try again.' },
    keyChangeIncomplete: { what: 'A key change was incomplete.', next: 'Try again.' },
    duplicate: { what: 'This was sent before.', next: 'Nothing is lost; delete the repetition.' },
    full: { what: 'The room is full.', next: 'Wait until somebody leaves, or make a new room.' },
    tooLarge: { what: 'That was too large for the server.', next: 'Send it in smaller parts.' },
    notMember: { what: 'You are no member of this room any more.', next: 'Join again with the link.' },
    keyChangeSlow: { what: 'A key change took too long.', next: 'Try again.' },
    rollback: { what: 'The server has lost part of the room.', next: 'Reload the page and join again.' },
    generation: { what: 'The room has been founded anew.', next: 'Join again with the link.' },
    busy: { what: 'The server is busy.', next: 'Wait a moment, then try again.' },
    indeterminate: {
      what: 'It isn’t certain whether this has arrived.',
      next: 'Try again; it won’t appear twice.',
    },
    fileGone: {
      what: 'This file isn’t there any more.',
      next: 'It has expired, or its room has ended. Ask for it once more.',
    },
    fileTooLarge: {
      what: 'This file is larger than this server takes.',
      next: 'Send a smaller one, or make this one smaller.',
    },
    fileSpaceFull: {
      what: 'There is no space for more files at present.',
      next: 'Wait until older files expire, then try again.',
    },
    fileEmpty: { what: 'This file is empty.', next: 'Choose another one.' },
    fileDamaged: {
      what: 'This file isn’t the one its sender described, so it was refused.',
      next: 'Ask for it once more. If it happens again, don’t trust this server.',
    },
    cancelled: { what: 'That was cancelled.', next: 'Start it again whenever you like.' },
    messageGone: { what: 'This message isn’t here any more.', next: 'It has expired or was deleted.' },
    empty: { what: 'There is nothing to send.', next: 'Write something first.' },
    tooLong: { what: 'The text is too long.', next: 'Shorten it to 4,000 characters.' },
    queueFull: {
      what: 'Too many messages are waiting to be sent.',
      next: 'Wait until the connection is back. Your draft is kept.',
    },
    offline: { what: 'The server can’t be reached.', next: 'Check your connection, then try again.' },
    closed: { what: 'The room is closed.', next: 'Join again with the link.' },
    unsupported: { what: 'That isn’t possible right now.', next: 'Wait a moment, then try again.' },
    mistypedCode: {
      what: 'This code has a typing error in it.',
      next: 'Compare it with the original, or copy it once more.',
    },
    weakPassword: {
      what: 'This room protects its password too weakly.',
      next: 'To be safe, this page doesn’t join. Make a new room.',
    },
    unknownSuite: {
      what: 'This room uses an encryption this page doesn’t know.',
      next: 'Reload the page to update it.',
    },
    refusedByCheck: {
      what: 'Something that arrived failed a security check and was refused.',
      next: 'If it happens again, leave the room and agree on a new one. Reload the page and join again.',
    },
    notFromThisLink: {
      what: 'The answer doesn’t fit this link and password.',
      next: 'Check both with the person who invited you. If they are right, don’t trust this server: make a new room elsewhere.',
    },
    outOfStep: {
      what: 'This tab is out of step with the room.',
      next: 'Reload the page and join again.',
    },
    notAllowed: {
      what: 'This room doesn’t let you do that.',
      next: 'Ask the room’s owner.',
    },
    gap: { what: 'Messages are missing.', next: 'Ask the others whether they mattered.' },
    fork: {
      what: 'The server shows people in this room different conversations.',
      next: 'Leave the room and agree on a new one over another channel.',
    },
    stale: {
      what: 'Nobody has confirmed your view of the room for a while.',
      next: 'Wait for the others, or choose to send anyway.',
    },
  },

  closedBy: {
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
    ATTEMPTS: { what: 'The server can’t be reached.', next: 'Check your connection, then try again.' },
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
  },
};
