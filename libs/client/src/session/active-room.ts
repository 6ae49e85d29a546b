import {
  readEnvelopeHeader,
  type Position,
  type RemoveReason,
  type ServerToClient,
} from '@bytechat/protocol';
import {
  BcError,
  checkKeyPackage,
  type Bytes,
  type CommitEffect,
  type Group,
  type Invite,
  type PreparedCommit,
} from '@bytechat/crypto';
import type { Clock } from '../clock.ts';
import { accepted, type Link } from '../connection.ts';
import { ClientError } from '../errors.ts';
import { Pause } from '../pause.ts';
import type { Random } from '../random.ts';
import { TransportError } from '../transport.ts';
import { Admission, type Change, type CommitResult } from './admission.ts';
import { submit, type CommitAnswer } from './committer.ts';
import { Inbox, type Page } from './inbox.ts';
import { ItemTaker, type ItemSink } from './item-taker.ts';
import { outcomeOf, outcomeOfFailure, type SendOutcome } from './send-outcome.ts';
import type { Sealed, SendPort } from './send-queue.ts';

/** What a room needs of the session around it. */
export interface RoomHost extends Omit<ItemSink, 'epoch'> {
  /** The greeted connection on which we are a member, or undefined. */
  link(): Link | undefined;
  /** False while the session is being resumed. */
  mayWrite(): boolean;
  isPresent(mid: Bytes): boolean;
  /** The server's clock, in ms since 1970. */
  serverNow(): number;
  epochMoved(effect: CommitEffect): void;
  /** Nothing of ours is in this room any more. */
  expelled(): void;
  /** The server speaks of another group. */
  discontinued(): void;
  /** A hole that the server can't fill. */
  unfillable(): void;
}

/** Newcomers whose key package is older (or of a time to come) are not let in (PROTOCOL §6.5). */
const KEY_PACKAGE_AGE_MS = 300_000;
const BREATHER_MS = 1_000;

/**
 * One group and its log, from the moment we are in it until we are not: orders what comes, seals what goes, commits
 * when it is our turn. Every operation on the group goes through one queue.
 */
export class ActiveRoom implements SendPort {
  readonly group: Group;
  readonly generation: number;
  readonly inbox: Inbox;
  readonly admission: Admission;
  readonly #invite: Invite;
  readonly #host: RoomHost;
  readonly #askAgain: Pause;
  readonly #submitAgain: Pause;
  #ended = false;

  constructor(deps: {
    group: Group;
    generation: number;
    /** The seq of our own welcome; 0 for a founder. */
    skipThrough: number;
    invite: Invite;
    host: RoomHost;
    clock: Clock;
    random: Random;
  }) {
    this.group = deps.group;
    this.generation = deps.generation;
    this.#invite = deps.invite;
    this.#host = deps.host;
    this.#askAgain = new Pause(deps.clock);
    this.#submitAgain = new Pause(deps.clock);
    const taker = new ItemTaker(deps.group, deps.skipThrough, this.#sink());
    this.inbox = new Inbox(
      {
        position: () => this.group.position.seq,
        take: (item, fromLog) => taker.take(item, fromLog),
        fetch: (seq) => this.#fetch(seq),
        discontinued: () => this.#host.discontinued(),
        unfillable: () => this.#host.unfillable(),
      },
      deps.clock,
    );
    this.admission = new Admission(this.#admissionPort(), deps.clock, deps.random);
  }

  get position(): Position {
    return { generation: this.generation, seq: this.group.position.seq };
  }

  /** Items of another generation are of another group. */
  hint(event: ServerToClient['new_message'] | CommitHint): void {
    if (event.generation !== this.generation) return;
    if ('env' in event) this.inbox.offer({ kind: 'message', seq: event.seq, at: event.at, env: event.env });
    else {
      const { seq, epoch, frame, wrap } = event;
      this.inbox.offer({ kind: 'commit', seq, epoch, frame, ...(wrap ? { wrap } : {}) });
    }
  }

  /** Checks a newcomer's key package; what fails is not let in by us. */
  async consider(kp: Bytes): Promise<void> {
    const expected = { suite: this.group.suite, inviteGeneration: 0 };
    const checked = await checkKeyPackage(kp, this.#invite, expected);
    if (Math.abs(this.#host.serverNow() - checked.createdMs) > KEY_PACKAGE_AGE_MS) return;
    this.admission.newcomer(kp, checked.kph, checked.sigPub);
  }

  leaver(idx: number, mid: Bytes, reason: RemoveReason): void {
    this.admission.leaver(idx, mid, reason);
  }

  /** Reads the log up to its head after a new connection: there it shows what became of what we sent. */
  async recover(): Promise<void> {
    try {
      await this.inbox.sync();
    } catch (error) {
      if (!this.#ended) throw error;
    }
  }

  /** Erases the group. Idempotent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.inbox.stop();
    this.admission.stop();
    this.#askAgain.wake();
    this.#submitAgain.wake();
    this.group.erase();
  }

  // ---- SendPort

  ready(): boolean {
    return !this.#ended && this.#host.mayWrite();
  }

  epoch(): number {
    return this.group.epoch;
  }

  async seal(type: number, body: Bytes): Promise<Sealed> {
    const { ttlSeconds } = this.group.params;
    const env = await this.group.seal({ type, sentMs: this.#host.serverNow(), ttlSeconds, body });
    return { env, epoch: readEnvelopeHeader(env)!.epoch, generation: this.generation };
  }

  async deliver(cid: Bytes, { env, generation }: Sealed): Promise<SendOutcome> {
    try {
      return outcomeOf(await this.#link().request('send_message', { cid, generation, env }));
    } catch (error) {
      return outcomeOfFailure(error);
    }
  }

  arrive(seq: number, at: number, env: Bytes): Promise<void> {
    this.inbox.offer({ kind: 'own', seq, at, env });
    return this.inbox.reached(seq);
  }

  async catchUp(): Promise<void> {
    await this.inbox.sync().catch(() => undefined);
  }

  expelled(): void {
    if (!this.#ended) this.#host.expelled();
  }

  // ---- parts

  /** What an operation brings that was under way when the room ended concerns nobody any more. */
  #sink(): ItemSink {
    const host = this.#host;
    const alive =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A): void => {
        if (!this.#ended) act(...args);
      };
    return {
      isOwn: (env) => host.isOwn(env),
      ownArrived: alive((env, at) => host.ownArrived(env, at)),
      opened: alive((opened, seq, at) => host.opened(opened, seq, at)),
      unreadable: alive((code) => host.unreadable(code)),
      forked: alive(() => host.forked()),
      missing: alive((count) => host.missing(count)),
      caughtUp: alive(() => host.caughtUp()),
      stranded: alive((code) => host.stranded(code)),
      epoch: alive((effect) => {
        host.epochMoved(effect);
        if (!this.#ended) this.admission.epochMoved(effect.added, effect.rekey);
      }),
    };
  }

  #admissionPort(): ConstructorParameters<typeof Admission>[0] {
    return {
      roster: () => this.group.roster,
      self: () => this.group.self,
      capacity: () => this.group.params.max,
      ranks: () => this.group.ranks(),
      isPresent: (mid) => this.#host.isPresent(mid),
      ready: () => this.ready(),
      commit: (change) => this.#commit(change),
    };
  }

  async #fetch(seq: number): Promise<Page> {
    for (;;) {
      try {
        const from = { generation: this.generation, seq };
        return await accepted(this.#link(), 'sync_room', { from });
      } catch (error) {
        if (error instanceof ClientError && error.code === 'ERR_NOT_MEMBER') this.expelled();
        if (this.#ended || this.#host.link() === undefined) throw error;
        await this.#askAgain.sleep((error as ClientError).retryAfterMs ?? BREATHER_MS);
      }
    }
  }

  async #commit(change: Change): Promise<CommitResult> {
    const prepared = await this.#prepare(change);
    if (!prepared) return 'refused';
    const answer = await this.#submitUntilKnown(prepared);
    if (!answer) return 'later';
    if (answer.kind === 'won') {
      const { frame, expectEpoch } = prepared;
      this.inbox.offer({ kind: 'commit', seq: answer.seq, epoch: expectEpoch + 1, frame });
      await this.inbox.reached(answer.seq);
      return 'settled';
    }
    if (answer.kind === 'lost') {
      await this.catchUp();
      return 'settled';
    }
    if (answer.code === 'ERR_NOT_MEMBER') this.expelled();
    return TRANSIENT.has(answer.code) ? 'later' : 'refused';
  }

  /** Undefined when the change breaks a rule, such as one key in two packages. */
  async #prepare(change: Change): Promise<PreparedCommit | undefined> {
    try {
      return await this.group.prepareCommit(change);
    } catch (error) {
      if (error instanceof BcError) return undefined;
      throw error;
    }
  }

  /** Undefined when the connection ended first: then the log tells (`recover`). */
  async #submitUntilKnown(prepared: PreparedCommit): Promise<CommitAnswer | undefined> {
    while (this.ready()) {
      try {
        const answer = await submit(this.#link(), prepared);
        if (answer.kind !== 'refused' || !REPEATED.has(answer.code)) return answer;
        await this.#submitAgain.sleep(answer.retryAfterMs ?? BREATHER_MS);
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        if (error.kind === 'closed') return undefined;
      }
    }
    return undefined;
  }

  #link(): Link {
    const link = this.#host.link();
    if (!link) throw new TransportError('closed');
    return link;
  }
}

type CommitHint = Extract<ServerToClient['session_key_received'], { kind: 'commit' }>;

/** It is not known whether the commit was accepted: only the same one may be tried. */
const REPEATED: ReadonlySet<string> = new Set(['ERR_INDETERMINATE', 'ERR_BUSY']);
/** The same need, in another commit, later. */
const TRANSIENT: ReadonlySet<string> = new Set([
  'ERR_RATE',
  'ERR_BUSY',
  'ERR_WRAPS_INCOMPLETE',
  'ERR_NOT_MEMBER',
]);
