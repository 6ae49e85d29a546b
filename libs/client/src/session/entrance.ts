import { MEMBERSHIP_SECONDS, type RoomJoined, type RoomOptions } from '@bytechat/protocol';
import type { BcErrorCode, Bytes, CommitEffect, Group, Invite, RotatedInvite } from '@bytechat/crypto';
import type { CloseCode, Membership, RoomEvent } from '../api.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Connection, Link } from '../connection.ts';
import { typed } from '../errors.ts';
import { sameBytes } from '../hex.ts';
import type { Random } from '../random.ts';
import type { ServerTime } from '../server-time.ts';
import { TransportError } from '../transport.ts';
import { ActiveRoom, type RoomHost } from './active-room.ts';
import { Arrival, type Entered, type Intent } from './arrival.ts';
import type { Chat } from './chat.ts';
import { requestResume, type GroupRules, type WelcomeHint } from './entry.ts';
import { replaceInvite } from './invite-in-use.ts';
import type { Keys } from './keys.ts';
import { meaningOf } from './refusal.ts';
import { Rejoins } from './rejoins.ts';

export interface EntranceHost {
  /** The server has the room, or has taken the request to be let in. */
  taken(joined: RoomJoined): void;
  /** We are in, so the room's own rules are known. */
  entered(history: 0 | 1): void;
  /** The room has another link now. */
  linkChanged(code: string): void;
  /** The stay is over. */
  end(code: CloseCode, error?: unknown): void;
}

export interface EntranceDeps {
  intent: Intent;
  /** Of a room to be made. */
  rules: GroupRules | undefined;
  invite: Invite;
  keys: Keys;
  chat: Chat;
  connection: Connection;
  clock: Clock;
  random: Random;
  time: ServerTime;
  emit(event: RoomEvent): void;
  host: EntranceHost;
}

/** Those who make a lost room again don't all try in the same moment. */
const RECREATE_SPREAD_MS = 2_000;

/**
 * The way from a connection to a group in which one may write: comes in, comes back by resuming, and comes in anew when
 * the membership was lost. Holds the room as long as we are in it.
 */
export class Entrance {
  readonly #deps: EntranceDeps;
  readonly #invite: Invite;
  readonly #chat: Chat;
  readonly #arrival: Arrival;
  #joined: { link: Link; joined: RoomJoined } | undefined;
  #room: ActiveRoom | undefined;
  /** The connection on which the server knows us as a member. */
  #seated: Link | undefined;
  #foundedAnew = false;
  /** The group that we were in before. */
  #lastGid: Bytes | undefined;
  #rejoining = false;
  /** A welcome came since we last asked to be let in. */
  #isWelcome = false;
  readonly #rejoins = new Rejoins();
  #caughtUp = false;
  #writable = false;
  #entering: Promise<void> = Promise.resolve();
  #membership: Membership = { step: 'none' };
  #isTaken = false;
  /** When the room was last known to be there, while it is not now. */
  #lostAt = -Infinity;
  /** Since we were in it, nothing has told us that the room is there and we are not in it. */
  #mayBeGone = false;
  #options: RoomOptions | undefined;
  #recreation: Timer | undefined;
  /** Most members could not follow a commit of ours: no way back by itself. */
  #isOutvoted = false;
  #ended = false;

  constructor(deps: EntranceDeps) {
    this.#deps = deps;
    this.#invite = deps.invite;
    this.#chat = deps.chat;
    const { intent, rules, invite, keys, clock, time } = deps;
    this.#arrival = new Arrival({
      ...{ intent, rules, invite, keys, clock, time },
      host: {
        joined: (link) => this.#joinedOn(link),
        taken: (joined) => this.#take(joined),
        step: (membership) => this.#step(membership),
        entered: (link, entered) => this.#entered(link, entered),
      },
    });
  }

  get room(): ActiveRoom | undefined {
    return this.#room;
  }

  /** Whether the server had accepted us at some time of this stay. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  get step(): Membership['step'] {
    return this.#membership.step;
  }

  /** A connection is there. Answers whether there is something to resume. */
  up(link: Link): boolean {
    const room = this.#room;
    const resumes = room !== undefined || this.#arrival.claims;
    this.#isWelcome = this.#arrival.claims;
    void this.#enter(link, () => {
      if (room) return this.#resume(link, room);
      return this.#arrival.takeUp(link);
    });
    return resumes;
  }

  down(): void {
    this.#unwritable();
  }

  /** What the server says of the room before it acknowledges `join_room`. */
  told(link: Link, joined: RoomJoined): void {
    this.#joined = { link, joined };
    this.#options = joined.options;
  }

  /** A member has let us in. */
  welcomed(link: Link, welcome: WelcomeHint): void {
    if (this.#room) return;
    this.#isWelcome = true;
    void this.#enter(link, () => this.#arrival.welcomed(link, welcome));
  }

  /** Only members are told where a room stands: we were let in, and the welcome got lost. */
  missedWelcome(link: Link): void {
    const { step } = this.#membership;
    if ((step === 'waiting' || step === 'unanswered') && !this.#isWelcome) this.comeInAnew(link);
  }

  /** Where the server counts us as a member that we are not, that one leaves first. */
  comeInAnew(link: Link): void {
    this.#isWelcome = false;
    void this.#enter(link, async () => {
      await link.request('leave_room', {});
      await this.#arrival.comeIn(link);
    });
  }

  /** Erases what is held of the room. */
  end(): void {
    this.#ended = true;
    this.#writable = false;
    this.#recreation?.cancel();
    this.#arrival.stop();
    this.#room?.end();
    this.#room = undefined;
    this.#step({ step: 'none' });
  }

  /** One way in at a time, each on the connection it was begun on. */
  #enter(link: Link, way: () => Promise<void>): Promise<void> {
    this.#entering = this.#entering.then(() => this.#tryToEnter(link, way));
    return this.#entering;
  }

  async #tryToEnter(link: Link, way: () => Promise<void>): Promise<void> {
    if (!this.#isCurrent(link)) return;
    try {
      await way();
      if (this.#isCurrent(link)) this.#deps.connection.recovered(link);
    } catch (error) {
      if (this.#isCurrent(link)) this.#refused(link, typed(error));
    }
  }

  async #resume(link: Link, room: ActiveRoom): Promise<void> {
    const { identity } = this.#deps.keys;
    if (!identity) return;
    await requestResume(link, this.#invite, identity, room.group.self.mid, room.position);
    this.#seated = link;
    this.#chat.roster.presence(this.#joinedOn(link).members);
    await this.#recover(link, room);
  }

  async #entered(link: Link, { group, generation, skipThrough, founded }: Entered): Promise<void> {
    this.#seated = link;
    const { clock, random } = this.#deps;
    const host = this.#host(generation);
    const room = new ActiveRoom({
      ...{ group, generation, skipThrough, invite: this.#invite, host, clock, random },
    });
    this.#room = room;
    this.#foundedAnew = founded === 'anew';
    this.#caughtUp = skipThrough === 0;
    this.#deps.host.entered(group.params.history);
    this.#chat.attach(room);
    if (this.#joined) this.#chat.roster.presence(this.#joined.joined.members);
    this.#tellHow(group, founded);
    this.#rejoining = false;
    await this.#recover(link, room);
  }

  #tellHow({ gid }: Group, founded: Entered['founded']): void {
    const { conversation } = this.#chat;
    if (this.#rejoining && this.#lastGid)
      conversation.line({ kind: sameBytes(gid, this.#lastGid) ? 'rejoined' : 'reinit' });
    else if (founded) conversation.line({ kind: founded === 'anew' ? 'foundedAnew' : 'founded' });
  }

  /** Up to date with the log: now one may write. */
  async #recover(link: Link, room: ActiveRoom): Promise<void> {
    await room.recover();
    if (!this.#isCurrent(link) || this.#room !== room) return;
    if (!this.#caughtUp) throw new TransportError('timeout');
    const first = this.#membership.step !== 'active';
    this.#writable = true;
    this.#mayBeGone = true;
    this.#active();
    this.#deps.connection.recovered(link);
    room.care.admission.replan();
    this.#chat.ready(first);
  }

  #active(): void {
    const epoch = this.#room?.group.epoch ?? 0;
    this.#step({ step: 'active', epoch, foundedAnew: this.#foundedAnew });
  }

  /** An answer of the server, or the lack of one, while we were coming in. */
  #refused(link: Link, error: unknown): void {
    const means = meaningOf(error, {
      inRoom: this.#room !== undefined,
      taken: this.#isTaken,
      mayRecreate: this.#mayBeGone && this.#deps.clock.now() < this.#lostAt + MEMBERSHIP_SECONDS * 1_000,
    });
    if (means.kind === 'rejoin') this.#comeBack();
    else if (means.kind === 'reinit') this.#reinit();
    else if (means.kind === 'recreate') this.#recreateLater(link);
    else if (means.kind === 'later') this.#deps.connection.drop(link, means.retryAfterMs);
    else if (means.kind === 'over') this.#deps.host.end(means.code, error);
  }

  /**
   * Our membership is lost: comes back as a new member with the invite that is still in memory.
   * @param tooOften what it is called when that happens again and again
   */
  #rejoin(tooOften: CloseCode = 'REMOVED'): void {
    if (!this.#mayStartOver(tooOften)) return;
    this.#dropRoom();
    const { link } = this.#deps.connection;
    if (link) this.comeInAnew(link);
  }

  /** The room is there, and we are not in it. */
  #comeBack(tooOften?: CloseCode): void {
    this.#mayBeGone = false;
    this.#rejoin(tooOften);
  }

  /** Nobody can go on in this group: founds another one under the same link, or joins who was faster. */
  #reinit(): void {
    const room = this.#room;
    const { link } = this.#deps.connection;
    if (!room || !link || link !== this.#seated) {
      this.#rejoin('GENERATION');
      return;
    }
    if (!this.#mayStartOver('GENERATION')) return;
    const { generation } = room.position;
    const joined = this.#joinedOn(link);
    this.#dropRoom();
    this.#isWelcome = false;
    void this.#enter(link, () => this.#arrival.reinit(link, joined, generation));
  }

  /** The server has lost the room (PROTOCOL decision 9): it is made again with the same link and options. */
  #recreateLater(link: Link): void {
    const options = this.#options;
    if (!options || (this.#room && !this.#mayStartOver('ROOM_GONE'))) return;
    if (this.#room) this.#dropRoom();
    this.#isWelcome = false;
    const ms = this.#deps.random.fraction() * RECREATE_SPREAD_MS;
    this.#recreation = this.#deps.clock.schedule(ms, () => {
      void this.#enter(link, () => this.#arrival.recreate(link, options));
    });
  }

  /** False where the stay is over: it was tried too often, or the others could not follow us. */
  #mayStartOver(tooOften: CloseCode): boolean {
    if (this.#ended) return false;
    if (!this.#isOutvoted && this.#rejoins.allow(this.#deps.clock.now())) return true;
    this.#deps.host.end(this.#isOutvoted ? 'GENERATION' : tooOften);
    return false;
  }

  #unwritable(): void {
    if (this.#writable) this.#lostAt = this.#deps.clock.now();
    this.#writable = false;
  }

  #dropRoom(): void {
    this.#unwritable();
    this.#rejoining = true;
    if (this.#room) this.#lastGid = this.#room.group.gid.slice();
    this.#room?.end();
    this.#room = undefined;
    this.#chat.detach();
  }

  #take(joined: RoomJoined): void {
    if (this.#isTaken) return;
    this.#isTaken = true;
    this.#deps.host.taken(joined);
  }

  #joinedOn(link: Link): RoomJoined {
    if (this.#joined?.link !== link) throw new TransportError('timeout');
    return this.#joined.joined;
  }

  /** What the room tells; only as long as it is the present one. */
  #host(generation: number): RoomHost {
    return {
      ...this.#chat.sink(generation),
      link: () => (this.#seated === this.#deps.connection.link ? this.#seated : undefined),
      mayWrite: () => this.#writable,
      serverNow: () => this.#deps.time.now(),
      caughtUp: () => (this.#caughtUp = true),
      knocking: (people) => this.#deps.emit({ type: 'knocking', people }),
      reinit: () => this.#reinit(),
      outvoted: () => (this.#isOutvoted = true),
      readmit: (code) => this.#readmit(code),
      epochMoved: (effect) => this.#epochMoved(effect),
      keysWithheld: () => this.#chat.unreadable('ERR_KU_ROLLBACK'),
      keysOverdue: (since) => this.#chat.keysOverdue(since),
      expelled: () => this.#rejoin(),
      discontinued: () => this.#rejoin('GENERATION'),
      unfillable: () => {
        this.#deps.emit({ type: 'alarm', code: 'GAP' });
        this.#rejoin();
      },
    };
  }

  /** A commit can't be followed by us alone: another member takes us out and in again, as the one we were. */
  #readmit(code: BcErrorCode): void {
    this.#chat.unreadable(code);
    this.#deps.keys.keepIdentity();
    this.#comeBack();
  }

  #epochMoved(effect: CommitEffect): void {
    if (effect.removedSelf) {
      if (effect.removed.some(({ reason }) => reason === 'kick')) this.#deps.host.end('KICKED');
      else this.#comeBack();
      return;
    }
    if (effect.rotated) this.#rotated(effect.rotated);
    this.#chat.epochMoved(effect);
    if (this.#membership.step === 'active' && this.#room) this.#active();
  }

  #rotated({ code, linkSecret, invite }: RotatedInvite): void {
    linkSecret.fill(0);
    replaceInvite(this.#invite, invite);
    this.#deps.host.linkChanged(code);
  }

  #step(membership: Membership): void {
    this.#membership = membership;
    this.#deps.emit({ type: 'membership', membership });
  }

  #isCurrent(link: Link): boolean {
    return !this.#ended && this.#deps.connection.link === link;
  }
}
