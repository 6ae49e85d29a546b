import {
  FrameType,
  readEnvelopeHeader,
  type AckBodies,
  type BlobGet,
  type BlobPut,
  type Position,
  type ServerToClient,
} from '@bytechat/protocol';
import {
  CONTENT_TYPES,
  type BcErrorCode,
  type Bytes,
  type CommitEffect,
  type Group,
  type Invite,
  type Opened,
  type Suite,
} from '@bytechat/crypto';
import type { FilePort } from '../attachments/file-port.ts';
import type { Clock, Timer } from '../clock.ts';
import { accepted, type Link } from '../connection.ts';
import { ClientError } from '../errors.ts';
import { Pause } from '../pause.ts';
import type { Random } from '../random.ts';
import { TransportError } from '../transport.ts';
import { GroupCare, type GroupCarePort } from './group-care.ts';
import { Inbox, type Page } from './inbox.ts';
import { ItemTaker, type ItemSink } from './item-taker.ts';
import { outcomeOf, outcomeOfFailure, type SendOutcome } from './send-outcome.ts';
import { readPast } from './past.ts';
import type { Sealed, SendPort } from './send-queue.ts';

/** What a room needs of the session around it. */
export interface RoomHost
  extends
    Omit<ItemSink, 'epoch' | 'forked' | 'stranded'>,
    Pick<
      GroupCarePort,
      | 'reinit'
      | 'outvoted'
      | 'readmit'
      | 'keysWithheld'
      | 'knocking'
      | 'keysOverdue'
      | 'isPresent'
      | 'serverNow'
    > {
  /** Undefined: the server, by what it shows of the time before ours. */
  forked(mid: Bytes | undefined): void;
  /** The greeted connection on which we are a member, or undefined. */
  link(): Link | undefined;
  /** False while the session is being resumed. */
  mayWrite(): boolean;
  epochMoved(effect: CommitEffect): void;
  /** A message from before our time, in rooms that hand them on. */
  past(opened: Opened, seq: number, at: number, ref: string): void;
  /** Nothing of ours is in this room any more. */
  expelled(): void;
  /** The server speaks of another group. */
  discontinued(): void;
  /** A hole that the server can't fill. */
  unfillable(): void;
}

const BREATHER_MS = 1_000;
/** How often keys of messages that are over are looked for. */
const SWEEP_MS = 30_000;

/**
 * One group and its log, from the moment we are in it until we are not: orders what comes, seals what goes, commits
 * when it is our turn. Every operation on the group goes through one queue.
 */
export class ActiveRoom implements SendPort, FilePort {
  readonly group: Group;
  #generation: number;
  readonly inbox: Inbox;
  readonly care: GroupCare;
  readonly #clock: Clock;
  readonly #host: RoomHost;
  readonly #askAgain: Pause;
  /** When we came in, on the server's clock. */
  readonly #since: number;
  /** What is said in our time waits for what was said before. */
  readonly #past = Promise.withResolvers<undefined>();
  #pastIsRead = false;
  readonly #over = Promise.withResolvers<undefined>();
  /** A commit can't be followed: nothing goes on until it is decided what becomes of us. */
  #stuck = false;
  /** The server has lost a commit that we know. */
  #isRolledBack = false;
  #sweep: Timer | undefined;
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
    this.#generation = deps.generation;
    this.#host = deps.host;
    this.#askAgain = new Pause(deps.clock);
    this.#clock = deps.clock;
    const taker = new ItemTaker(deps.group, deps.skipThrough, this.#sink());
    this.inbox = new Inbox(
      {
        position: () => this.group.position.seq,
        take: async (item, fromLog) => {
          await this.#past.promise;
          return taker.take(item, fromLog);
        },
        fetch: (seq) => this.#fetch(seq),
        discontinued: () => (this.#isRolledBack ? this.#host.reinit() : this.#host.discontinued()),
        unfillable: () => this.#host.unfillable(),
      },
      deps.clock,
    );
    this.care = new GroupCare(this.#carePort(deps.invite), deps.clock, deps.random);
    this.#since = deps.host.serverNow();
    if (deps.group.params.history === 1) this.#sweepLater();
  }

  get position(): Position {
    return { generation: this.#generation, seq: this.group.position.seq };
  }

  /** The log tells what became of the room in a later generation: the same group goes on, or it has ended. */
  generationIs(generation: number): void {
    if (generation > this.#generation) void this.catchUp();
  }

  /** Items of another generation may be of another group. */
  hint(event: ServerToClient['new_message'] | CommitHint): void {
    this.generationIs(event.generation);
    if (event.generation !== this.#generation) return;
    if ('env' in event) this.inbox.offer({ kind: 'message', seq: event.seq, at: event.at, env: event.env });
    else {
      const { seq, epoch, frame, wrap } = event;
      this.inbox.offer({ kind: 'commit', seq, epoch, frame, ...(wrap ? { wrap } : {}) });
    }
  }

  /** Reads the log up to its head after a new connection: there it shows what became of what we sent. */
  async recover(): Promise<void> {
    try {
      if (!this.#pastIsRead) await this.#readPast();
      await this.inbox.sync();
      this.care.returned();
    } catch (error) {
      if (this.#stuck) await this.#over.promise;
      else if (!this.#ended) throw error;
    }
  }

  /** What is over is not handed on to newcomers any more. */
  async forget(): Promise<void> {
    const { ttlSeconds: longest } = this.group.params;
    const now = this.#host.serverNow();
    await this.group.forget(
      ({ sentMs = this.#since, ttlSeconds = longest }) =>
        now >= sentMs + Math.min(ttlSeconds, longest) * 1_000,
    );
  }

  /** What was taken back is not handed on either. A group that is erased has nothing left to forget. */
  forgetItems(seqs: ReadonlySet<number>): void {
    this.group.forget(({ seq }) => seqs.has(seq)).catch(() => undefined);
  }

  /** Erases the group. Idempotent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sweep?.cancel();
    this.#past.resolve(undefined);
    this.#over.resolve(undefined);
    this.care.stop();
    this.inbox.stop();
    this.#askAgain.wake();
    this.group.erase();
  }

  // ---- SendPort

  ready(): boolean {
    return !this.#ended && !this.#stuck && this.#host.mayWrite();
  }

  epoch(): number {
    return this.group.epoch;
  }

  async seal(type: number, body: Bytes, until = Infinity): Promise<Sealed> {
    const left = Math.max(1, Math.ceil((until - this.#clock.now()) / 1_000));
    const ttlSeconds = Math.min(this.group.params.ttlSeconds, left);
    const content = { type, sentMs: this.#host.serverNow(), ttlSeconds, body };
    const env = await this.group.seal(content, { ephemeral: type === CONTENT_TYPES.heartbeat });
    return { env, epoch: readEnvelopeHeader(env)!.epoch };
  }

  async deliver(cid: Bytes, { env }: Sealed): Promise<SendOutcome> {
    const generation = this.#generation;
    try {
      return outcomeOf(await this.#link().request('send_message', { cid, generation, env }));
    } catch (error) {
      return outcomeOfFailure(error);
    }
  }

  // ---- FilePort

  get suite(): Suite {
    return this.group.suite;
  }

  putChunk(request: BlobPut): Promise<AckBodies['blob_put']> {
    return accepted(this.#link(), 'blob_put', request);
  }

  getChunk(request: BlobGet): Promise<AckBodies['blob_get']> {
    return accepted(this.#link(), 'blob_get', request);
  }

  // ---- SendPort

  arrive(seq: number, at: number, env: Bytes): Promise<void> {
    this.inbox.offer({ kind: 'own', seq, at, env });
    return this.inbox.reached(seq);
  }

  async catchUp(): Promise<void> {
    await this.inbox.sync().catch(() => undefined);
  }

  /** Tells the others that the person types. Nothing is lost when it doesn't get through. */
  async tellTyping(): Promise<void> {
    const bytes = await this.group.sealSignal('typing');
    await this.#link().request('signal', { bytes });
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
      ownArrived: alive((env, seq, at, ref) => {
        if (env[3] === FrameType.MESSAGE) this.care.said();
        host.ownArrived(env, seq, at, ref);
      }),
      opened: alive((opened, seq, at, ref) => {
        if (opened.content.type !== CONTENT_TYPES.heartbeat) this.care.said();
        host.opened(opened, seq, at, ref);
      }),
      unreadable: alive((code) => host.unreadable(code)),
      proved: alive((opened) => host.proved(opened)),
      forked: alive((mid) => host.forked(mid)),
      replayed: alive(() => host.replayed()),
      missing: alive((count, mid) => host.missing(count, mid)),
      caughtUp: alive(() => host.caughtUp()),
      stranded: alive((code, commitId) => this.#strandedBy(code, commitId)),
      epoch: alive((effect) => {
        const committer = this.#midAt(effect);
        host.epochMoved(effect);
        if (!this.#ended) this.care.moved(effect, committer);
      }),
    };
  }

  #strandedBy(code: BcErrorCode, commitId: Bytes): void {
    this.#stuck = true;
    this.inbox.stop();
    this.care.stuck(code, commitId);
  }

  #midAt({ committer }: CommitEffect): Bytes | undefined {
    return this.group.roster.find(({ idx }) => idx === committer)?.mid;
  }

  #carePort(invite: Invite): GroupCarePort {
    const host = this.#host;
    return {
      group: this.group,
      invite,
      link: () => this.#link(),
      ready: () => this.ready(),
      isPresent: (mid) => host.isPresent(mid),
      serverNow: () => host.serverNow(),
      forget: () => this.forget(),
      won: ({ frame, expectEpoch }, seq) => {
        this.inbox.offer({ kind: 'commit', seq, epoch: expectEpoch + 1, frame });
        return this.inbox.reached(seq);
      },
      catchUp: () => this.catchUp(),
      expelled: () => this.expelled(),
      reinit: () => host.reinit(),
      outvoted: () => host.outvoted(),
      readmit: (code) => host.readmit(code),
      keysWithheld: () => host.keysWithheld(),
      knocking: (people) => host.knocking(people),
      keysOverdue: (since) => host.keysOverdue(since),
    };
  }

  async #readPast(): Promise<void> {
    await readPast(this.group, {
      fetch: (seq) => this.#fetch(seq),
      opened: (opened, seq, at, ref) => this.#host.past(opened, seq, at, ref),
      forked: (mid) => this.#host.forked(mid),
    });
    this.#pastIsRead = true;
    this.#past.resolve(undefined);
  }

  #sweepLater(): void {
    this.#sweep = this.#clock.schedule(SWEEP_MS, () => {
      this.#sweepLater();
      // A group that is erased has nothing left to forget.
      this.forget().catch(() => undefined);
    });
  }

  async #fetch(seq: number): Promise<Page> {
    for (;;) {
      try {
        const from = { generation: this.#generation, seq };
        const page = await accepted(this.#link(), 'sync_room', { from });
        // What we have is part of what was kept: the same group goes on (PROTOCOL decision 10).
        this.#isRolledBack = !page.recovered && page.head.epoch < this.group.epoch;
        if (page.recovered || this.#isRolledBack) this.#generation = page.head.generation;
        return page;
      } catch (error) {
        if (error instanceof ClientError && error.code === 'ERR_NOT_MEMBER') this.expelled();
        if (this.#ended || this.#host.link() === undefined) throw error;
        await this.#askAgain.sleep((error as ClientError).retryAfterMs ?? BREATHER_MS);
      }
    }
  }

  #link(): Link {
    const link = this.#host.link();
    if (!link) throw new TransportError('closed');
    return link;
  }
}

type CommitHint = Extract<ServerToClient['session_key_received'], { kind: 'commit' }>;
