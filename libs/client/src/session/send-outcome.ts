import type { Acknowledgement, AckBodies, WireError } from '@bytechat/protocol';
import type { ClientErrorCode } from '../errors.ts';
import { TransportError } from '../transport.ts';

/** What an attempt to send means for the message. */
export type SendOutcome =
  | { kind: 'stored'; seq: number; at: number }
  /** Not stored; the same bytes again after `ms`. */
  | { kind: 'wait'; ms: number }
  /** Perhaps stored: only the same bytes under the same cid may be tried, after `ms`. */
  | { kind: 'uncertain'; ms: number }
  /** The room is in another epoch; not stored, to be sealed again. */
  | { kind: 'stale' }
  /** The room is in another generation; not stored, the same bytes again after asking the log. */
  | { kind: 'moved' }
  /** The server knows these bytes already: the log will tell where. */
  | { kind: 'known' }
  /** We are no member any more; not stored. */
  | { kind: 'expelled' }
  | { kind: 'failed'; code: ClientErrorCode };

const DEFAULT_WAIT_MS = 1_000;

export function outcomeOf(answer: Acknowledgement<AckBodies['send_message']>): SendOutcome {
  if (answer.ok) return { kind: 'stored', seq: answer.seq, at: answer.at };
  return outcomeOfRefusal(answer.error);
}

/** For a request that got no answer. */
export function outcomeOfFailure(error: unknown): SendOutcome {
  if (error instanceof TransportError) return { kind: 'uncertain', ms: DEFAULT_WAIT_MS };
  throw error;
}

function outcomeOfRefusal({ code, retryAfterMs = DEFAULT_WAIT_MS }: WireError): SendOutcome {
  switch (code) {
    case 'ERR_RATE':
    case 'ERR_LOCKED':
      return { kind: 'wait', ms: retryAfterMs };
    case 'ERR_BUSY':
    case 'ERR_INDETERMINATE':
      return { kind: 'uncertain', ms: retryAfterMs };
    case 'ERR_EPOCH_STALE':
      return { kind: 'stale' };
    case 'ERR_GENERATION':
      return { kind: 'moved' };
    case 'ERR_DUPLICATE':
      return { kind: 'known' };
    case 'ERR_NOT_MEMBER':
      return { kind: 'expelled' };
    default:
      return { kind: 'failed', code };
  }
}
