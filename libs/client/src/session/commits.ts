import { BcError, type CommitChange, type PreparedCommit } from '@bytechat/crypto';
import type { Clock } from '../clock.ts';
import type { Link } from '../connection.ts';
import { ClientError, type ClientErrorCode } from '../errors.ts';
import { Pause } from '../pause.ts';
import { TransportError } from '../transport.ts';
import { submit, type CommitAnswer } from './committer.ts';

export type CommitOutcome =
  /** We or another member won; the epoch moved. */
  | { kind: 'settled' }
  /** Out of reach for now; try again. `code`: the refusal that says so. */
  | { kind: 'later'; code?: ClientErrorCode }
  /** Against a rule of the room, or the server no longer knows what the commit speaks of. */
  | { kind: 'refused'; code: ClientErrorCode };

export interface CommitsPort {
  /** Whether a commit can be made now. */
  ready(): boolean;
  /** @throws {TransportError} when there is no connection */
  link(): Link;
  /** @throws {BcError} {ClientError} {TransportError} */
  prepare(change: CommitChange): Promise<PreparedCommit>;
  /** Ours was accepted: resolves when its turn in the log has come. */
  won(prepared: PreparedCommit, seq: number): Promise<void>;
  /** Something came first: resolves when the log has been applied as far as possible. */
  lost(): Promise<void>;
  expelled(): void;
}

const BREATHER_MS = 1_000;

/** Makes commits, one after the other, and sees each through until it is known what became of it. */
export class Commits {
  readonly #port: CommitsPort;
  readonly #again: Pause;
  #last: Promise<unknown> = Promise.resolve();

  constructor(port: CommitsPort, clock: Clock) {
    this.#port = port;
    this.#again = new Pause(clock);
  }

  commit(change: CommitChange): Promise<CommitOutcome> {
    const next = this.#last.then(() => this.#commit(change));
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Ends the waiting between two tries. */
  wake(): void {
    this.#again.wake();
  }

  async #commit(change: CommitChange): Promise<CommitOutcome> {
    if (!this.#port.ready()) return { kind: 'later' };
    let prepared: PreparedCommit;
    try {
      prepared = await this.#port.prepare(change);
    } catch (error) {
      if (isExpulsion(error)) this.#port.expelled();
      return outcomeOf(error);
    }
    const answer = await this.#submitUntilKnown(prepared);
    return answer ? this.#conclude(prepared, answer) : { kind: 'later' };
  }

  async #conclude(prepared: PreparedCommit, answer: CommitAnswer): Promise<CommitOutcome> {
    if (answer.kind === 'won') {
      await this.#port.won(prepared, answer.seq);
      return { kind: 'settled' };
    }
    if (answer.kind === 'lost') {
      await this.#port.lost();
      return { kind: 'settled' };
    }
    const { code } = answer;
    if (code === 'ERR_NOT_MEMBER') this.#port.expelled();
    return notNow(code);
  }

  /** Undefined when the connection ended first: then the log tells. */
  async #submitUntilKnown(prepared: PreparedCommit): Promise<CommitAnswer | undefined> {
    while (this.#port.ready()) {
      try {
        const answer = await submit(this.#port.link(), prepared);
        if (answer.kind !== 'refused' || !REPEATED.has(answer.code)) return answer;
        if (answer.code === 'ERR_GENERATION') await this.#port.lost();
        await this.#again.sleep(answer.retryAfterMs ?? BREATHER_MS);
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        if (error.kind === 'closed') return undefined;
      }
    }
    return undefined;
  }
}

const isExpulsion = (error: unknown): boolean =>
  error instanceof ClientError && error.code === 'ERR_NOT_MEMBER';

const notNow = (code: ClientErrorCode): CommitOutcome =>
  TRANSIENT.has(code) ? { kind: 'later', code } : { kind: 'refused', code };

/** A commit that could not even be made. */
function outcomeOf(error: unknown): CommitOutcome {
  if (error instanceof TransportError) return { kind: 'later' };
  if (!(error instanceof BcError) && !(error instanceof ClientError)) throw error;
  return notNow(error.code);
}

/** It is not known whether the commit was accepted, or it was only too soon: the same one is tried. */
const REPEATED: ReadonlySet<string> = new Set(['ERR_INDETERMINATE', 'ERR_BUSY', 'ERR_GENERATION']);
/** The same need, in another commit, later. */
const TRANSIENT: ReadonlySet<string> = new Set([
  'ERR_RATE',
  'ERR_BUSY',
  'ERR_WRAPS_INCOMPLETE',
  'ERR_NOT_MEMBER',
  'ERR_KU_ROLLBACK',
]);
