import type { RoomJoined, ServerToClient, WireError } from '@bytechat/protocol';
import type {
  Bytes,
  CommitEffect,
  Group,
  Invite,
  KeySource,
  RotatedInvite,
  RotationPassword,
  Suite,
} from '@bytechat/crypto';
import type { ChatMessage, CloseCode, Endpoint, Membership, RoomEvent, Safety } from '../api.ts';
import type { Clock } from '../clock.ts';
import { Connection, type Link } from '../connection.ts';
import { ClientError, fromWire, typed } from '../errors.ts';
import { sameBytes } from '../hex.ts';
import { within } from '../pause.ts';
import type { Random } from '../random.ts';
import { ServerTime } from '../server-time.ts';
import { TransportError, type ServerEvent, type TransportFactory } from '../transport.ts';
import { ActiveRoom, type RoomHost } from './active-room.ts';
import { Arrival, type Entered, type Intent } from './arrival.ts';
import { Chat } from './chat.ts';
import { requestResume } from './entry.ts';
import { eraseInvite, replaceInvite } from './invite-in-use.ts';
import { Keys } from './keys.ts';
import { meaningOf } from './refusal.ts';
import { Rejoins } from './rejoins.ts';

export interface SessionDeps {
  endpoint: Endpoint;
  transport: TransportFactory;
  clock: Clock;
  random: Random;
  keySource: KeySource;
  emit(event: RoomEvent): void;
}

export interface SessionInput {
  intent: Intent;
  /** The rule about the past of a room to be made. */
  history?: 0 | 1 | undefined;
  invite: Invite;
  suite: Suite;
  name: string | undefined;
  /** Kept for the stay: whoever kicks somebody changes the link, and the password goes with it. */
  password: RotationPassword | undefined;
  /** The server has the room, or has taken the request to be let in. */
  taken(joined: RoomJoined): void;
  /** The room has another link now. */
  linkChanged(code: string): void;
  /** We are in, so the room's own rules are known. */
  entered(history: 0 | 1): void;
}

/** How long the goodbye may take; erasing doesn't wait for it. */
const GOODBYE_MS = 1_000;

/**
 * One stay in one room, from the first connection to the last: keeps a membership over broken connections, comes back
 * as a new member when it was lost, and erases everything at the end.
 */
export class RoomSession {
  readonly #deps: SessionDeps;
  readonly #invite: Invite;
  readonly #taken: (joined: RoomJoined) => void;
  readonly #linkChanged: (code: string) => void;
  readonly #told: (history: 0 | 1) => void;
  readonly #time: ServerTime;
  readonly #connection: Connection;
  readonly #keys: Keys;
  readonly #arrival: Arrival;
  readonly #chat: Chat;
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
  #started: { resolve(): void; reject(error: unknown): void } | undefined;
  #isTaken = false;
  #password: RotationPassword | undefined;
  #ended = false;

  constructor(deps: SessionDeps, input: SessionInput) {
    const { clock, random, emit } = deps;
    this.#deps = deps;
    this.#invite = input.invite;
    this.#taken = input.taken;
    this.#linkChanged = input.linkChanged;
    this.#told = input.entered;
    this.#password = input.password;
    this.#time = new ServerTime(clock);
    this.#keys = new Keys(input.invite, input.suite, deps.keySource);
    this.#chat = new Chat({ clock, random, emit, time: this.#time, name: input.name });
    this.#connection = new Connection({
      ...deps,
      listener: {
        state: (connection) => emit({ type: 'connection', connection }),
        up: (link, hello) => this.#up(link, hello),
        down: () => (this.#writable = false),
        event: (link, event) => this.#received(link, event),
        closed: (code, error) => this.#closed(code, error),
      },
    });
    this.#arrival = new Arrival({
      ...{
        intent: input.intent,
        history: input.history,
        invite: input.invite,
        keys: this.#keys,
        clock,
        time: this.#time,
      },
      host: {
        joined: (link) => this.#joinedOn(link),
        taken: (joined) => this.#take(joined),
        step: (membership) => this.#step(membership),
        entered: (link, entered) => this.#entered(link, entered),
      },
    });
  }

  get chat(): Chat {
    return this.#chat;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when the server has the room or has taken the request. @throws {ClientError} */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#started = { resolve, reject };
      this.#keys.prepare();
      this.#connection.open();
    });
  }

  send(text: string): ChatMessage {
    if (this.#ended) throw new ClientError('ERR_CLOSED');
    return this.#chat.send(text);
  }

  /** @throws {ClientError} as `RoomClient.kick` */
  async kick(mid: string): Promise<void> {
    if (this.#ended) throw new ClientError('ERR_CLOSED');
    if (!this.#room) throw new ClientError('ERR_UNSUPPORTED');
    await this.#room.kick(mid, this.#password);
  }

  /** @throws {ClientError} ERR_CLOSED, ERR_UNSUPPORTED (in no room yet) */
  async safety(): Promise<Safety> {
    if (this.#ended) throw new ClientError('ERR_CLOSED');
    if (!this.#room) throw new ClientError('ERR_UNSUPPORTED');
    return this.#chat.security.safety(this.#room.group);
  }

  /** Tries now: to connect, or to be let in once more. */
  reconnect(): void {
    const { link } = this.#connection;
    if (!link) this.#connection.open();
    else if (this.#membership.step === 'unanswered') this.#comeInAnew(link);
  }

  /** Erases at once, says goodbye if that is possible, and ends. */
  async leave(): Promise<void> {
    if (this.#ended) return;
    const { link } = this.#connection;
    const goodbye = link?.request('leave_room', {}).catch(() => undefined);
    this.#erase();
    if (goodbye) await within(this.#deps.clock, GOODBYE_MS, goodbye);
    this.#settle(new ClientError('ERR_CLOSED'));
    this.#connection.close('LEFT');
  }

  // ---- coming in

  #up(link: Link, { serverTime }: ServerToClient['user_connected']): boolean {
    this.#time.set(serverTime);
    const room = this.#room;
    const resumes = room !== undefined || this.#arrival.claims;
    this.#isWelcome = this.#arrival.claims;
    void this.#enter(link, () => {
      if (room) return this.#resume(link, room);
      return this.#arrival.takeUp(link);
    });
    return resumes;
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
      if (this.#isCurrent(link)) this.#connection.recovered(link);
    } catch (error) {
      if (this.#isCurrent(link)) this.#refused(link, typed(error));
    }
  }

  async #resume(link: Link, room: ActiveRoom): Promise<void> {
    const { identity } = this.#keys;
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
    this.#told(group.params.history);
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
    this.#active();
    this.#connection.recovered(link);
    room.admission.replan();
    this.#chat.ready(first);
  }

  #active(): void {
    const epoch = this.#room?.group.epoch ?? 0;
    this.#step({ step: 'active', epoch, foundedAnew: this.#foundedAnew });
  }

  /** An answer of the server, or the lack of one, while we were coming in. */
  #refused(link: Link, error: unknown): void {
    const means = meaningOf(error, { inRoom: this.#room !== undefined, taken: this.#isTaken });
    if (means.kind === 'rejoin') this.#rejoin();
    else if (means.kind === 'later') this.#connection.drop(link, means.retryAfterMs);
    else if (means.kind === 'over') this.#end(means.code, error);
  }

  /**
   * Our membership is lost: comes back as a new member with the invite that is still in memory.
   * @param tooOften what it is called when that happens again and again
   */
  #rejoin(tooOften: CloseCode = 'REMOVED'): void {
    if (this.#ended) return;
    if (!this.#rejoins.allow(this.#deps.clock.now())) {
      this.#end(tooOften);
      return;
    }
    this.#dropRoom();
    this.#rejoining = true;
    const { link } = this.#connection;
    if (link) this.#comeInAnew(link);
  }

  /** Where the server counts us as a member that we are not, that one leaves first. */
  #comeInAnew(link: Link): void {
    this.#isWelcome = false;
    void this.#enter(link, async () => {
      await link.request('leave_room', {});
      await this.#arrival.comeIn(link);
    });
  }

  #dropRoom(): void {
    this.#writable = false;
    if (this.#room) this.#lastGid = this.#room.group.gid.slice();
    this.#room?.end();
    this.#room = undefined;
    this.#chat.detach();
  }

  #take(joined: RoomJoined): void {
    if (this.#isTaken) return;
    this.#isTaken = true;
    this.#taken(joined);
    this.#settle(undefined);
  }

  #joinedOn(link: Link): RoomJoined {
    if (this.#joined?.link !== link) throw new TransportError('timeout');
    return this.#joined.joined;
  }

  // ---- what the server says

  #received(link: Link, { name, payload }: ServerEvent): void {
    if (name === 'room_joined') this.#joined = { link, joined: payload };
    else if (name === 'user_joined') this.#userJoined(payload);
    else if (name === 'user_left') this.#userLeft(payload);
    else if (name === 'new_message') this.#room?.hint(payload);
    else if (name === 'session_key_received') this.#keysReceived(link, payload);
    else if (name === 'room_head') this.#head(link, payload);
    else if (name === 'server_notice') this.#notice(link, payload);
  }

  #userJoined(event: ServerToClient['user_joined']): void {
    if (event.kind === 'pending') {
      // What fails the checks is not let in; there is nobody to tell.
      this.#room?.consider(event.kp).catch(() => undefined);
      return;
    }
    this.#chat.roster.setPresent(event.mid, true);
    this.#room?.admission.replan();
  }

  #userLeft({ kind, idx, mid, reason }: ServerToClient['user_left']): void {
    if (kind === 'removed') return;
    this.#chat.roster.setPresent(mid, false);
    if (kind === 'left') this.#room?.leaver(idx, mid, reason ?? 'left');
    else this.#room?.admission.replan();
  }

  #keysReceived(link: Link, event: ServerToClient['session_key_received']): void {
    if (event.kind === 'commit') this.#room?.hint(event);
    else if (event.kind === 'welcome' && !this.#room) {
      this.#isWelcome = true;
      void this.#enter(link, () => this.#arrival.welcomed(link, event));
    }
  }

  #head(link: Link, { generation, seq }: ServerToClient['room_head']): void {
    if (!this.#room) {
      this.#missedWelcome(link);
      return;
    }
    if (generation === this.#room.position.generation) this.#room.inbox.behind(seq);
    else this.#room.generationIs(generation);
  }

  /** Only members are told where a room stands: we were let in, and the welcome got lost. */
  #missedWelcome(link: Link): void {
    const { step } = this.#membership;
    if ((step === 'waiting' || step === 'unanswered') && !this.#isWelcome) this.#comeInAnew(link);
  }

  #notice(link: Link, { code, retryAfterMs }: ServerToClient['server_notice']): void {
    this.#deps.emit({ type: 'notice', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    if (code === 'EXPIRED' || code === 'KICKED' || code === 'REPLACED') this.#end(code);
    else if (code === 'DRAINING') this.#connection.moveAfter(link, retryAfterMs ?? 0);
  }

  /** What the room tells; only as long as it is the present one. */
  #host(generation: number): RoomHost {
    return {
      ...this.#chat.sink(generation),
      link: () => (this.#seated === this.#connection.link ? this.#seated : undefined),
      mayWrite: () => this.#writable,
      serverNow: () => this.#time.now(),
      caughtUp: () => (this.#caughtUp = true),
      stranded: (code) => {
        this.#chat.unreadable(code);
        this.#rejoin();
      },
      epochMoved: (effect) => this.#epochMoved(effect),
      expelled: () => this.#rejoin(),
      discontinued: () => this.#rejoin('GENERATION'),
      unfillable: () => {
        this.#deps.emit({ type: 'alarm', code: 'GAP' });
        this.#rejoin();
      },
    };
  }

  #epochMoved(effect: CommitEffect): void {
    if (effect.removedSelf) {
      if (effect.removed.some(({ reason }) => reason === 'kick')) this.#end('KICKED');
      else this.#rejoin();
      return;
    }
    if (effect.rotated) this.#rotated(effect.rotated);
    this.#chat.epochMoved(effect);
    if (this.#membership.step === 'active' && this.#room) this.#active();
  }

  #rotated({ code, linkSecret, invite }: RotatedInvite): void {
    linkSecret.fill(0);
    replaceInvite(this.#invite, invite);
    this.#linkChanged(code);
  }

  // ---- the end

  #closed(code: CloseCode, error: WireError | undefined): void {
    if (code === 'ATTEMPTS' && this.#isTaken) return;
    const refusal = error ? fromWire(error) : new ClientError('ERR_OFFLINE');
    this.#erase();
    this.#settle(refusal);
  }

  #end(code: CloseCode, error?: unknown): void {
    this.#erase();
    this.#settle(error ?? new ClientError('ERR_CLOSED'));
    this.#connection.close(code);
  }

  #erase(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#writable = false;
    this.#arrival.stop();
    this.#room?.end();
    this.#room = undefined;
    this.#chat.clear();
    this.#keys.erase();
    this.#password = undefined;
    eraseInvite(this.#invite);
    this.#step({ step: 'none' });
  }

  #settle(error: unknown): void {
    const started = this.#started;
    this.#started = undefined;
    if (error === undefined) started?.resolve();
    else started?.reject(error);
  }

  #step(membership: Membership): void {
    this.#membership = membership;
    this.#deps.emit({ type: 'membership', membership });
  }

  #isCurrent(link: Link): boolean {
    return !this.#ended && this.#connection.link === link;
  }
}
