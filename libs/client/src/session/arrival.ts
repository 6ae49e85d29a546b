import type { RoomJoined, RoomOptions } from '@bytechat/protocol';
import { BcError, Group, memberId, type Invite } from '@bytechat/crypto';
import type { Membership } from '../api.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Link } from '../connection.ts';
import { ClientError } from '../errors.ts';
import { sameBytes } from '../hex.ts';
import type { ServerTime } from '../server-time.ts';
import { TransportError } from '../transport.ts';
import {
  agree,
  DEFAULT_RULES,
  fetchGroupInfo,
  paramsOf,
  requestCreate,
  requestFound,
  requestJoin,
  requestResume,
  type GroupRules,
  type WelcomeHint,
} from './entry.ts';
import type { Keys } from './keys.ts';

export type Intent = { op: 'create'; options: RoomOptions } | { op: 'join' };

export type Founding = 'new' | 'anew' | 'again';

/** A group that we are in now. */
export interface Entered {
  group: Group;
  generation: number;
  /** Items up to here are from before our time. */
  skipThrough: number;
  /** `new`: our own room; `anew`: an empty room that we came to by its link; `again`: in place of a group that was lost. */
  founded: Founding | undefined;
}

export interface ArrivalHost {
  /** What the server said before it acknowledged the last `join_room` on this link. */
  joined(link: Link): RoomJoined;
  /** The server has the room, or has taken our request to be let in. */
  taken(joined: RoomJoined): void;
  step(membership: Membership): void;
  entered(link: Link, entered: Entered): Promise<void>;
}

/** A membership that the server may have noted and that isn't complete on our side: the connection broke meanwhile. */
type Claim = { joined: RoomJoined; generation: number } & (
  { kind: 'founded'; group: Group; founded: Founding } | { kind: 'welcomed'; welcome: WelcomeHint }
);

/** After this long without an answer one is told that nobody could let one in. */
const UNANSWERED_MS = 60_000;

/** Somebody else has begun anew, or it was done too short a time ago: join what is there. */
const LOST: ReadonlySet<string> = new Set(['ERR_GENERATION', 'ERR_NOT_MEMBER', 'ERR_RATE']);

const rulesOf = ({ history, join, kick }: GroupRules): GroupRules => ({ history, join, kick });

/** The ways into a room: make it, found its group, or be let in by a member. */
export class Arrival {
  readonly #invite: Invite;
  readonly #keys: Keys;
  readonly #clock: Clock;
  readonly #time: ServerTime;
  readonly #host: ArrivalHost;
  #intent: Intent;
  #claim: Claim | undefined;
  /** The rules of the room, as far as we know them. */
  #rules: GroupRules;
  #waiting: RoomJoined | undefined;
  #unanswered: Timer | undefined;

  constructor(deps: {
    intent: Intent;
    rules: GroupRules | undefined;
    invite: Invite;
    keys: Keys;
    clock: Clock;
    time: ServerTime;
    host: ArrivalHost;
  }) {
    this.#intent = deps.intent;
    this.#rules = deps.rules ?? DEFAULT_RULES;
    this.#invite = deps.invite;
    this.#keys = deps.keys;
    this.#clock = deps.clock;
    this.#time = deps.time;
    this.#host = deps.host;
  }

  /** Whether there is something to resume although we are in no group yet. */
  get claims(): boolean {
    return this.#claim !== undefined;
  }

  /** Comes in on a fresh connection. @throws {ClientError} {TransportError} */
  async comeIn(link: Link): Promise<void> {
    this.stop();
    this.#host.step({ step: 'keys' });
    if (this.#intent.op === 'create' && (await this.#create(link, this.#intent.options)))
      await this.#found(link, this.#host.joined(link), 'new');
    else await this.#join(link);
  }

  /** Takes up what was begun on an earlier connection, or starts over when the server doesn't know of it. */
  async takeUp(link: Link): Promise<void> {
    const claim = this.#claim;
    const { identity } = this.#keys;
    if (!claim || !identity) return this.comeIn(link);
    const mid = await memberId(claim.joined.rid0, identity.sigPub);
    const from = { generation: claim.generation, seq: 0 };
    try {
      await requestResume(link, this.#invite, identity, mid, from);
    } catch (error) {
      if (!(error instanceof ClientError) || error.code !== 'ERR_NOT_MEMBER') throw error;
      return this.comeIn(link);
    }
    if (claim.kind === 'founded') await this.#enterFounded(link, claim);
    else await this.#enterWelcomed(link, claim);
  }

  /** The server has lost the room: makes it again, or joins whoever was faster. */
  async recreate(link: Link, options: RoomOptions): Promise<void> {
    this.#intent = { op: 'create', options };
    await this.comeIn(link);
  }

  /** As a member, founds a new group in place of the one of that generation, or joins whoever was faster. */
  async reinit(link: Link, joined: RoomJoined, generation: number): Promise<void> {
    this.stop();
    await this.#found(link, { ...joined, head: { ...joined.head, generation } }, 'again');
  }

  /** A member has let us in. What doesn't check out leaves us waiting. */
  async welcomed(link: Link, welcome: WelcomeHint): Promise<void> {
    const joined = this.#waiting;
    const { keyPackage } = this.#keys;
    if (!joined || !keyPackage || !sameBytes(welcome.kph, keyPackage.kph)) return;
    this.#claim = { kind: 'welcomed', joined, welcome, generation: welcome.generation };
    await this.#enterWelcomed(link, this.#claim);
  }

  /** Forgets what was begun. */
  stop(): void {
    this.#unanswered?.cancel();
    this.#waiting = undefined;
    if (this.#claim?.kind === 'founded') this.#claim.group.erase();
    this.#claim = undefined;
  }

  /** False when the room is there already: an earlier request had reached the server after all. */
  async #create(link: Link, options: RoomOptions): Promise<boolean> {
    try {
      await requestCreate(link, this.#invite, options);
    } catch (error) {
      if (!(error instanceof ClientError) || error.code !== 'ERR_ROOM_EXISTS') throw error;
      this.#intent = { op: 'join' };
      return false;
    }
    this.#intent = { op: 'join' };
    return true;
  }

  async #join(link: Link): Promise<void> {
    const { keyPackage } = await this.#keys.renew(this.#time.now());
    await requestJoin(link, this.#invite, keyPackage);
    const joined = this.#host.joined(link);
    if (joined.state === 'created') return this.#found(link, joined, 'anew');
    this.#waiting = joined;
    this.#host.taken(joined);
    this.#host.step({ step: 'waiting', since: this.#clock.now() });
    this.#unanswered = this.#clock.schedule(UNANSWERED_MS, () => this.#host.step({ step: 'unanswered' }));
  }

  async #found(link: Link, joined: RoomJoined, founded: Founding): Promise<void> {
    this.#host.taken(joined);
    this.#host.step({ step: 'founding' });
    const { identity, keyPackage } = await this.#keys.renew(this.#time.now());
    const params = paramsOf(joined.options, this.#rules);
    const group = await Group.found({
      identity,
      invite: this.#invite,
      keyPackage,
      rid0: joined.rid0,
      params,
    });
    const expected = joined.head.generation;
    const claim: Claim = { kind: 'founded', joined, generation: expected + 1, group, founded };
    this.#claim = claim;
    try {
      const { generation } = await requestFound(link, group, keyPackage, expected);
      claim.generation = generation ?? claim.generation;
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      if (founded === 'again' && LOST.has(error.code)) {
        await link.request('leave_room', {});
        return this.comeIn(link);
      }
      // Somebody else was faster: their group is the room's.
      if (error.code === 'ERR_GENERATION') return this.comeIn(link);
      // Our right to found has run out: once more, from the connection on.
      if (error.code === 'ERR_NOT_MEMBER') throw new TransportError('timeout');
      throw error;
    }
    await this.#enterFounded(link, claim);
  }

  async #enterFounded(link: Link, claim: Extract<Claim, { kind: 'founded' }>): Promise<void> {
    const { group, generation, founded } = claim;
    this.#claim = undefined;
    await this.#host.entered(link, { group, generation, skipThrough: 0, founded });
  }

  async #enterWelcomed(link: Link, claim: Extract<Claim, { kind: 'welcomed' }>): Promise<void> {
    const group = await this.#joinGroup(link, claim);
    if (this.#claim !== claim) {
      group?.erase();
      return;
    }
    this.#claim = undefined;
    this.#unanswered?.cancel();
    if (group) this.#rules = rulesOf(group.params);
    if (!group) {
      this.#host.step({ step: 'unanswered' });
      return;
    }
    this.#waiting = undefined;
    const { generation, seq } = claim.welcome;
    await this.#host.entered(link, { group, generation, skipThrough: seq, founded: undefined });
  }

  /** Undefined when the welcome or the group behind it is not what it should be. */
  async #joinGroup(
    link: Link,
    { welcome, joined }: Extract<Claim, { kind: 'welcomed' }>,
  ): Promise<Group | undefined> {
    const { identity, keyPackage } = this.#keys;
    if (!identity || !keyPackage) return undefined;
    try {
      const groupInfo = await fetchGroupInfo(link, welcome);
      const group = await Group.join({ identity, invite: this.#invite, keyPackage, welcome, groupInfo });
      if (agree(group.params, joined.options)) return group;
      group.erase();
    } catch (error) {
      if (!(error instanceof BcError) && !(error instanceof ClientError)) throw error;
    }
    return undefined;
  }
}
