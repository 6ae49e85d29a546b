import { timingSafeEqual } from 'node:crypto';
import type { Bytes, Head } from '@bytechat/protocol';
import { copyOf, equal, hex } from '../bytes.ts';
import { RoomError } from '../room-error.ts';
import type {
  CreateRoom,
  Founded,
  FoundGroup,
  JoinRoomInput,
  Lease,
  Left,
  MemberConnection,
  RoomState,
  StoredMember,
} from '../room-store.ts';
import { GateCounters } from './gate-counters.ts';
import { nextGeneration } from './generations.ts';
import { Group, type GroupSettings } from './group.ts';
import { RoomIds } from './room-ids.ts';

type RoomSettings = Pick<GroupSettings, 'limits' | 'lifetimes' | 'rates'>;

/** A room: what stays while nobody is in it, and the group of those who are. */
export class Room {
  readonly rid: Bytes;
  readonly #rids: RoomIds;
  readonly #created: CreateRoom;
  #gateVerifier: Bytes;
  readonly #settings: RoomSettings;
  readonly #gates = new GateCounters();
  /** Connections that proved the gate while nobody was in, until when they may found. */
  readonly #entitled = new Map<string, number>();
  #generation: number;
  /** The generation it was made in. */
  readonly #made: number;
  #group: Group | undefined;
  #emptyUntil: number;
  #reinitAllowedAt = 0;
  #master: number;
  /** Up to which seq an earlier generation was carried on. */
  #bases = new Map<number, number>();
  /** Who ended the last group by leaving: the same request again gets the same answer. */
  #lastLeft: { mid: Bytes; connection: string; idx: number } | undefined;

  #isUnused = false;

  constructor(input: CreateRoom, settings: RoomSettings, master: number, now: number) {
    this.#master = master;
    this.#made = nextGeneration(-1, now);
    this.#generation = this.#made;
    this.rid = copyOf(input.rid);
    this.#rids = new RoomIds(this.rid);
    this.#gateVerifier = copyOf(input.gateVerifier);
    this.#created = input;
    this.#settings = settings;
    this.#emptyUntil = now + this.#emptyMs;
    this.#entitle(input.connection, now);
  }

  /** Under another master the room goes on in the next generation, with everything that is there. */
  carryOn(master: number, now: number): void {
    if (master === this.#master) return;
    this.#master = master;
    const group = this.group(now);
    if (group !== undefined) this.#bases.set(this.#generation, group.log.seq);
    this.#generation = nextGeneration(this.#generation, now);
    if (group !== undefined) group.generation = this.#generation;
  }

  /** The last seq that a generation shares with the present one, or undefined when it isn't carried on. */
  baseOf(generation: number, now: number): number | undefined {
    return generation === this.#generation ? this.group(now)?.log.seq : this.#bases.get(generation);
  }

  /** Its maker has left, and nobody else was ever in. */
  get isUnused(): boolean {
    return this.#isUnused;
  }

  get address(): CreateRoom['address'] {
    return this.#created.address;
  }

  get rids(): RoomIds {
    return this.#rids;
  }

  /** The group, as long as a membership lives in it. */
  group(now: number): Group | undefined {
    if (this.#group !== undefined && this.#group.members.lastsUntil() <= now) this.#end();
    return this.#group;
  }

  livesUntil(): number {
    if (this.#group === undefined) return this.#emptyUntil;
    return this.#group.members.lastsUntil() + this.#emptyMs;
  }

  /** The same request once more, not a second room. */
  isRepeated(input: CreateRoom): boolean {
    return (
      this.#generation === this.#made &&
      this.#created.connection === input.connection &&
      equal(this.#gateVerifier, input.gateVerifier)
    );
  }

  join(input: JoinRoomInput, now: number): 'created' | 'pending' {
    if (!this.#rids.isCurrent(input.rid)) throw new RoomError('ERR_ROOM_NOT_FOUND');
    this.#checkGate(input, now);
    const group = this.group(now);
    if (group === undefined) {
      this.#entitle(input.connection, now);
      return 'created';
    }
    if (group.members.countLiving(now) >= this.maxMembers) throw new RoomError('ERR_FULL');
    group.waiting.add(input.newcomer, input.connection, now + this.#settings.lifetimes.pendingMs, now);
    return 'pending';
  }

  found(input: FoundGroup, now: number): Founded {
    const group = this.group(now);
    const first = input.expectGeneration === this.#made;
    if (group !== undefined && isFounding(group, input)) {
      return { generation: group.generation, seq: 0, epoch: 0, fresh: false, first, turnedAway: [] };
    }
    const isMember =
      input.member !== undefined &&
      group?.members.speaking(input.member, input.connection, now) !== undefined;
    if (!isMember && (this.#entitled.get(input.connection) ?? 0) <= now) {
      throw new RoomError('ERR_NOT_MEMBER');
    }
    if ((group !== undefined && !isMember) || input.expectGeneration !== this.#generation) {
      throw new RoomError('ERR_GENERATION', { current: this.#generation });
    }
    if (isMember) this.#spendReinit(now);
    const turnedAway = group?.waiting.clear(now) ?? [];
    this.#generation += 1;
    this.#bases.clear();
    this.#lastLeft = undefined;
    this.#isUnused = false;
    const { suite, maxima } = this.#created.options;
    const settings = { suite, ttlSeconds: maxima.ttl_s, ...this.#settings };
    this.#group = new Group(input, this.#generation, settings, now);
    return { ...this.head(now), fresh: true, first, turnedAway };
  }

  resume(input: MemberConnection, now: number): { idx: number; replaced?: string } {
    if (!this.#rids.isKnown(input.rid, now)) throw new RoomError('ERR_ROOM_NOT_FOUND');
    const members = this.group(now)?.members;
    const member = members?.living(input.mid, now);
    if (members === undefined || member === undefined) throw new RoomError('ERR_NOT_MEMBER');
    if (member.connection !== input.connection) {
      member.replaced = now < member.presentUntil ? member.connection : undefined;
      member.connection = input.connection;
    }
    members.renew(member, now);
    return { idx: member.idx, ...(member.replaced === undefined ? {} : { replaced: member.replaced }) };
  }

  leave(input: MemberConnection, now: number): Left | undefined {
    const group = this.group(now);
    if (group === undefined) return this.#repeatedLeave(input);
    const member = group.members.get(input.mid);
    if (member?.connection !== input.connection) return undefined;
    if (!member.hasLeft && group.members.speaking(input.mid, input.connection, now) === undefined) {
      return undefined;
    }
    member.hasLeft = true;
    group.stages.delete(hex(input.mid));
    const last = group.members.countLiving(now) === 0;
    const turnedAway = last ? group.waiting.clear(now) : [];
    if (last) {
      this.#isUnused = group.founded === this.#made + 1 && group.epoch === 0 && group.log.seq === 0;
      this.#end();
      this.#emptyUntil = now + this.#emptyMs;
      this.#lastLeft = { ...input, mid: member.mid, idx: member.idx };
    }
    return { idx: member.idx, last, turnedAway };
  }

  heartbeat(leases: readonly Lease[], now: number): StoredMember[] {
    const group = this.group(now);
    if (group === undefined) return [];
    for (const { mid, connection, acted } of leases) {
      const member = group.members.get(mid);
      if (member?.connection !== connection || member.hasLeft) continue;
      group.members.renew(member, now);
      if (acted) member.actedAt = now;
    }
    group.trim(now);
    return this.members(now);
  }

  /** Another invite is the only way in from now on. @returns who waited by the old one. */
  rotate(next: { rid: Bytes; gateVerifier: Bytes }, now: number): string[] {
    this.#rids.rotate(next.rid, now, this.#settings.lifetimes.keepMs);
    this.#gateVerifier = copyOf(next.gateVerifier);
    this.#entitled.clear();
    return this.#group?.waiting.clear(now) ?? [];
  }

  withdraw(connection: string): void {
    this.#entitled.delete(connection);
    this.#group?.waiting.withdraw(connection);
  }

  head(now: number): Head {
    const group = this.group(now);
    return { generation: this.#generation, seq: group?.log.seq ?? 0, epoch: group?.epoch ?? 0 };
  }

  members(now: number): StoredMember[] {
    const table = this.group(now)?.members;
    return table?.all().map((member) => table.view(member, now)) ?? [];
  }

  state(now: number): RoomState {
    const group = this.group(now);
    return {
      head: this.head(now),
      rid0: this.rid,
      rid: this.#rids.current,
      gid: group?.gid,
      options: this.#created.options,
      members: group?.members.countLiving(now) ?? 0,
      expiresInMs: group === undefined ? this.livesUntil() - now : 0,
      now,
    };
  }

  get maxMembers(): number {
    return Math.min(this.#created.options.maxima.max, this.#settings.limits.maxMembers);
  }

  #checkGate(input: JoinRoomInput, now: number): void {
    const retryAfterMs = this.#gates.lockedFor(input.address, now);
    if (retryAfterMs > 0) throw new RoomError('ERR_LOCKED', { retryAfterMs });
    if (timingSafeEqual(this.#gateVerifier, input.gateVerifier)) return;
    this.#gates.countFailure(input.address, now);
    throw new RoomError('ERR_GATE');
  }

  /** Who proved the gate gets the time to make keys, even at the end of the room's idle time. */
  #entitle(connection: string, now: number): void {
    const until = now + this.#settings.lifetimes.entitlementMs;
    for (const [other, end] of this.#entitled) if (end <= now) this.#entitled.delete(other);
    this.#entitled.set(connection, until);
    this.#emptyUntil = Math.max(this.#emptyUntil, until);
  }

  #spendReinit(now: number): void {
    const retryAfterMs = this.#reinitAllowedAt - now;
    if (retryAfterMs > 0) throw new RoomError('ERR_RATE', { retryAfterMs });
    this.#reinitAllowedAt = now + this.#settings.lifetimes.reinitMs;
  }

  #end(): void {
    this.#emptyUntil = this.livesUntil();
    this.#group = undefined;
  }

  #repeatedLeave(input: MemberConnection): Left | undefined {
    const last = this.#lastLeft;
    if (last?.connection !== input.connection || !equal(last.mid, input.mid)) return undefined;
    return { idx: last.idx, last: true, turnedAway: [] };
  }

  get #emptyMs(): number {
    return this.#settings.limits.emptyRoomSeconds * 1_000;
  }
}

/** The same founding once more: its caller may have missed the answer. */
function isFounding(group: Group, input: FoundGroup): boolean {
  return (
    group.founded === input.expectGeneration + 1 &&
    equal(group.gid, input.gid) &&
    group.members.get(input.founder.mid)?.connection === input.connection
  );
}
