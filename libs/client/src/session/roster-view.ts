import type { MemberEntry } from '@bytechat/protocol';
import type { Bytes, RosterEntry } from '@bytechat/crypto';
import type { Member, RoomEvent } from '../api.ts';
import { toHex } from '../hex.ts';
import { cleanName, defaultName } from '../names.ts';

/** Who is in the room and what they are called. Names come only from members' own encrypted words. */
export class RosterView {
  readonly #emit: (event: RoomEvent) => void;
  readonly #names = new Map<string, string>();
  readonly #away = new Set<string>();
  #roster: readonly RosterEntry[] = [];
  #self = '';
  #ownEpoch = 0;
  #shown = '';

  constructor(emit: (event: RoomEvent) => void) {
    this.#emit = emit;
  }

  /** Whether the member came in while we were here, so that people saw its default name. */
  isNewcomer(mid: Bytes): boolean {
    const entry = this.#roster.find((one) => toHex(one.mid) === toHex(mid));
    return entry !== undefined && entry.joinedEpoch > this.#ownEpoch;
  }

  /** The roster of a (new) epoch. */
  update(roster: readonly RosterEntry[], self: RosterEntry): void {
    this.#roster = roster;
    this.#self = toHex(self.mid);
    this.#ownEpoch = self.joinedEpoch;
    const present = new Set(roster.map(({ mid }) => toHex(mid)));
    for (const mid of this.#names.keys()) if (!present.has(mid)) this.#names.delete(mid);
    this.#publish();
  }

  /** What the server knows of connections; members it does not list are away. */
  presence(members: readonly MemberEntry[]): void {
    this.#away.clear();
    for (const { mid, present } of members) if (!present) this.#away.add(toHex(mid));
    this.#publish();
  }

  setPresent(mid: Bytes, present: boolean): void {
    if (present) this.#away.delete(toHex(mid));
    else this.#away.add(toHex(mid));
    this.#publish();
  }

  isPresent(mid: Bytes): boolean {
    const id = toHex(mid);
    return id === this.#self || !this.#away.has(id);
  }

  /** How many are here, ourselves included. */
  get present(): number {
    return this.#roster.filter(({ mid }) => this.isPresent(mid)).length;
  }

  name(mid: Bytes): string {
    return this.#names.get(toHex(mid)) ?? defaultName(mid);
  }

  /** A member says its name. Answers with the name before, or undefined when nothing changes. */
  rename(mid: Bytes, raw: string): { name: string; before: string; first: boolean } | undefined {
    const name = cleanName(raw);
    const before = this.name(mid);
    const first = !this.#names.has(toHex(mid));
    if (!name || (name === before && !first)) return undefined;
    this.#names.set(toHex(mid), name);
    if (name === before) return undefined;
    this.#publish();
    return { name, before, first };
  }

  members(): Member[] {
    return this.#roster.map((entry) => ({
      mid: toHex(entry.mid),
      idx: entry.idx,
      name: this.name(entry.mid),
      self: toHex(entry.mid) === this.#self,
      owner: entry.role === 'owner',
      present: this.isPresent(entry.mid),
    }));
  }

  clear(): void {
    this.#names.clear();
    this.#away.clear();
    this.#roster = [];
    this.#publish();
  }

  #publish(): void {
    const members = this.members();
    const shown = JSON.stringify(members);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#emit({ type: 'members', members });
  }
}
