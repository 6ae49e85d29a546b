/** Every error the server answers with, its number (PROTOCOL §6.19), and what it means. Stable: never renumber. */
export const WIRE_ERRORS = {
  ERR_FORMAT: { number: 4000, message: 'The request is malformed.' },
  ERR_VERSION: { number: 4001, message: 'This protocol version is not spoken here.' },
  ERR_ORIGIN: { number: 4002, message: 'This web origin may not connect.' },
  ERR_GATE: { number: 4003, message: 'Wrong link or password.' },
  ERR_ROOM_NOT_FOUND: { number: 4004, message: 'There is no such room.' },
  ERR_ROOM_EXISTS: { number: 4005, message: 'The room exists already.' },
  ERR_LOCKED: { number: 4006, message: 'Too many wrong tries; joining is locked for a while.' },
  ERR_RATE: { number: 4008, message: 'Too fast; try again later.' },
  ERR_EPOCH_STALE: { number: 4009, message: 'The room has moved to another epoch.' },
  ERR_WRAPS_INCOMPLETE: { number: 4010, message: 'The commit lacks staged parts.' },
  ERR_DUPLICATE: { number: 4011, message: 'These bytes were sent before.' },
  ERR_FULL: { number: 4012, message: 'The room is full.' },
  ERR_TOO_LARGE: { number: 4013, message: 'The request is too large.' },
  ERR_NOT_MEMBER: { number: 4014, message: 'Only a member may do this.' },
  ERR_STAGE_EXPIRED: { number: 4015, message: 'The staged parts have expired.' },
  ERR_SERVER_ROLLBACK: { number: 4016, message: 'The server has lost part of the room.' },
  ERR_GENERATION: { number: 4017, message: 'The room has been founded anew.' },
  ERR_BUSY: { number: 4018, message: 'The server is busy; try again.' },
  ERR_INDETERMINATE: {
    number: 4019,
    message: 'It is not known whether this was stored; repeat it with the same id.',
  },
  ERR_BLOB_NOT_FOUND: { number: 4020, message: 'There is no such file here, or not any more.' },
  ERR_BLOB_TOO_LARGE: { number: 4021, message: 'The file is larger than this server takes.' },
  ERR_BLOB_FULL: { number: 4022, message: 'There is no space for more files at present.' },
} as const;

export type WireErrorCode = keyof typeof WIRE_ERRORS;

/** Codes after which the same request may succeed later, unchanged. */
export const RETRYABLE: ReadonlySet<WireErrorCode> = new Set<WireErrorCode>([
  'ERR_RATE',
  'ERR_BUSY',
  'ERR_INDETERMINATE',
  'ERR_LOCKED',
]);

/**
 * Sent as `server_notice` *before* a disconnect, since Socket.IO hides close codes. `reconnect` says what a client
 * does afterwards.
 */
export const NOTICES = {
  DRAINING: { reconnect: true, message: 'This server is restarting.' },
  SLOW: { reconnect: true, message: 'The connection was too slow to keep up.' },
  EXPIRING: { reconnect: true, message: 'The session ends soon unless something is done.' },
  EXPIRED: { reconnect: false, message: 'The session has ended after a long silence.' },
  KICKED: { reconnect: false, message: 'A member has removed you from the room.' },
  REPLACED: { reconnect: false, message: 'The session goes on in another connection.' },
} as const;

export type NoticeCode = keyof typeof NOTICES;

/** The body of every refusal: `{ ok: false, error }`. */
export interface WireError {
  code: WireErrorCode;
  message: string;
  /** Milliseconds after which a repetition may succeed. */
  retryAfterMs?: number;
  /** With ERR_EPOCH_STALE: the room's present epoch. With ERR_GENERATION: its present generation. */
  current?: number;
}

export type Refusal = { ok: false; error: WireError };
export type Accepted<T extends object = object> = { ok: true } & T;
export type Acknowledgement<T extends object = object> = Accepted<T> | Refusal;
