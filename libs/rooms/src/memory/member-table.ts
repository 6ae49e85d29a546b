import type { Bytes } from '@bytechat/protocol';
import { copyOf, hex } from '../bytes.ts';
import type { Newcomer, StoredMember } from '../room-store.ts';
import type { StoreLifetimes } from '../store-settings.ts';

export interface Member {
  idx: number;
  mid: Bytes;
  kph: Bytes;
  sigPub: Bytes;
  connection: string;
  /** The connection that `connection` took the place of, while it still lived. */
  replaced: string | undefined;
  hasLeft: boolean;
  presentUntil: number;
  actedAt: number;
}

/** Who is in the roster: one slot a member, until a REMOVE commit frees it. */
export class MemberTable {
  readonly #members = new Map<string, Member>();
  readonly #lifetimes: StoreLifetimes;

  constructor(lifetimes: StoreLifetimes) {
    this.#lifetimes = lifetimes;
  }

  add(newcomer: Newcomer, idx: number, connection: string, now: number): void {
    this.#members.set(hex(newcomer.mid), {
      idx,
      mid: copyOf(newcomer.mid),
      kph: copyOf(newcomer.kph),
      sigPub: copyOf(newcomer.sigPub),
      connection,
      replaced: undefined,
      hasLeft: false,
      presentUntil: now + this.#lifetimes.presenceMs,
      actedAt: now,
    });
  }

  get(mid: Bytes): Member | undefined {
    return this.#members.get(hex(mid));
  }

  /** A member whose membership lives, or undefined. */
  living(mid: Bytes, now: number): Member | undefined {
    const member = this.get(mid);
    return member !== undefined && this.#lives(member, now) ? member : undefined;
  }

  /** Only the connection a member is bound to may speak for it. */
  speaking(mid: Bytes, connection: string, now: number): Member | undefined {
    const member = this.living(mid, now);
    return member?.connection === connection ? member : undefined;
  }

  remove(mid: Bytes): void {
    this.#members.delete(hex(mid));
  }

  all(): Member[] {
    return [...this.#members.values()].sort((a, b) => a.idx - b.idx);
  }

  get size(): number {
    return this.#members.size;
  }

  countLiving(now: number): number {
    return this.all().filter((member) => this.#lives(member, now)).length;
  }

  renew(member: Member, now: number): void {
    member.presentUntil = now + this.#lifetimes.presenceMs;
  }

  /** When the last membership ends if nobody renews it. */
  lastsUntil(): number {
    const ends = this.all()
      .filter((member) => !member.hasLeft)
      .map((member) => this.#endOf(member));
    return Math.max(0, ...ends);
  }

  view(member: Member, now: number): StoredMember {
    const { idx, mid, kph, sigPub, connection } = member;
    const idleMs = Math.max(0, now - member.actedAt);
    return { idx, mid, kph, sigPub, connection, state: this.stateOf(member, now), idleMs };
  }

  stateOf(member: Member, now: number): StoredMember['state'] {
    if (member.hasLeft) return 'left';
    if (now < member.presentUntil) return 'present';
    return now < this.#endOf(member) ? 'away' : 'timeout';
  }

  #lives(member: Member, now: number): boolean {
    return !member.hasLeft && now < this.#endOf(member);
  }

  #endOf(member: Member): number {
    return member.presentUntil + this.#lifetimes.membershipMs;
  }
}
