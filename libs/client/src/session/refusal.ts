import type { CloseCode } from '../api.ts';
import { ClientError } from '../errors.ts';
import { TransportError } from '../transport.ts';

/** What a failure means for somebody who is coming in or coming back. */
export type Meaning =
  /** The connection is gone; the next one begins anew. */
  | { kind: 'nothing' }
  /** Give the connection up and try again after a while. */
  | { kind: 'later'; retryAfterMs: number | undefined }
  /** The membership is lost: come in as a new member. */
  | { kind: 'rejoin' }
  /** The server has lost a change of the group that its members know: the group begins anew. */
  | { kind: 'reinit' }
  /** The server has lost the room and we were in it a moment ago: it is made again (PROTOCOL decision 9). */
  | { kind: 'recreate' }
  | { kind: 'over'; code: CloseCode };

/** Refusals that say "not now" to somebody who has been let in before. */
const LATER: ReadonlySet<string> = new Set(['ERR_RATE', 'ERR_LOCKED', 'ERR_FULL']);
/** Refusals that say nothing about the one who asks. */
const ALWAYS_LATER: ReadonlySet<string> = new Set(['ERR_BUSY', 'ERR_INDETERMINATE']);

/**
 * @param inRoom whether we hold a group that was to be resumed
 * @param taken whether the server had accepted us before; if not, a person waits for the answer
 * @param mayRecreate whether the room can't have ended while we were away
 */
export function meaningOf(
  error: unknown,
  { inRoom, taken, mayRecreate }: { inRoom: boolean; taken: boolean; mayRecreate: boolean },
): Meaning {
  if (error instanceof TransportError)
    return error.kind === 'timeout' ? { kind: 'later', retryAfterMs: undefined } : { kind: 'nothing' };
  if (!(error instanceof ClientError)) return { kind: 'over', code: 'PROTOCOL' };
  const { code, retryAfterMs } = error;
  if (code === 'ERR_NOT_MEMBER' && inRoom) return { kind: 'rejoin' };
  if (code === 'ERR_SERVER_ROLLBACK' && inRoom) return { kind: 'reinit' };
  if (code === 'ERR_ROOM_NOT_FOUND' && mayRecreate) return { kind: 'recreate' };
  if (code === 'ERR_ROOM_NOT_FOUND' && taken) return { kind: 'over', code: 'ROOM_GONE' };
  if (ALWAYS_LATER.has(code) || (taken && LATER.has(code))) return { kind: 'later', retryAfterMs };
  return { kind: 'over', code: 'REFUSED' };
}
