import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import { memberId } from './identity.ts';
import { tag } from './labels.ts';
import { Reader } from './reader.ts';
import { sha256 } from './webcrypto.ts';
import { u16, u32, u8, v16 } from './writer.ts';

const ROLE_MEMBER = 0;
const ROLE_OWNER = 1;

export interface RosterEntry {
  idx: number;
  mid: Bytes;
  role: 'owner' | 'member';
  joinedEpoch: number;
  sigPub: Bytes;
  kph: Bytes;
}

/** The members, ascending by idx. Values are never changed; each operation gives a new list. */
export type Roster = readonly RosterEntry[];

/** PROTOCOL §6.6. */
export function encodeRoster(roster: Roster): Bytes {
  return concat(u16(roster.length), ...roster.map(encodeEntry));
}

/** Member ids follow from `rid0`. @throws BcError ERR_FORMAT, ERR_ROSTER (order, doubles, not exactly one owner) */
export async function decodeRoster(bytes: Bytes, rid0: Bytes): Promise<Roster> {
  const reader = new Reader(bytes);
  const count = reader.u16();
  const entries: Omit<RosterEntry, 'mid'>[] = [];
  for (let i = 0; i < count; i++) entries.push(decodeEntry(reader));
  reader.end();
  requireConsistent(entries);
  return Promise.all(entries.map(async (entry) => ({ ...entry, mid: await memberId(rid0, entry.sigPub) })));
}

export function rosterHash(encoded: Bytes): Promise<Bytes> {
  return sha256(concat(tag('roster'), encoded));
}

export function entryAt(roster: Roster, idx: number): RosterEntry | undefined {
  return roster.find((entry) => entry.idx === idx);
}

export function hasSigningKey(roster: Roster, sigPub: Bytes): boolean {
  return roster.some((entry) => equalBytes(entry.sigPub, sigPub));
}

export function lowestFreeIdx(roster: readonly { idx: number }[]): number {
  const gap = roster.findIndex((entry, position) => entry.idx !== position);
  return gap === -1 ? roster.length : gap;
}

export function withEntry(roster: Roster, entry: RosterEntry): Roster {
  return [...roster, entry].sort((a, b) => a.idx - b.idx);
}

export function withoutIdx(roster: Roster, idx: number): Roster {
  return roster.filter((entry) => entry.idx !== idx);
}

/** When the owner is gone, whoever has been here longest (then the lowest idx) takes over; computed alike by all. */
export function withOwner(roster: Roster): Roster {
  if (roster.some((entry) => entry.role === 'owner')) return roster;
  const [heir] = [...roster].sort((a, b) => a.joinedEpoch - b.joinedEpoch || a.idx - b.idx);
  return roster.map((entry) => (entry === heir ? { ...entry, role: 'owner' } : entry));
}

function encodeEntry(entry: RosterEntry): Bytes {
  const role = entry.role === 'owner' ? ROLE_OWNER : ROLE_MEMBER;
  return concat(u16(entry.idx), u8(role), u32(entry.joinedEpoch), v16(entry.sigPub), entry.kph);
}

function decodeEntry(reader: Reader): Omit<RosterEntry, 'mid'> {
  return {
    idx: reader.u16(),
    role: decodeRole(reader.u8()),
    joinedEpoch: reader.u32(),
    sigPub: reader.v16(),
    kph: reader.bytes(32),
  };
}

function decodeRole(role: number): 'owner' | 'member' {
  if (role > ROLE_OWNER) throw new BcError('ERR_FORMAT', 'a member has an unknown role');
  return role === ROLE_OWNER ? 'owner' : 'member';
}

function requireConsistent(entries: readonly Omit<RosterEntry, 'mid'>[]): void {
  const ascending = entries.every(
    (entry, i) => i === 0 || entry.idx > (entries[i - 1]?.idx ?? Number.POSITIVE_INFINITY),
  );
  const owners = entries.filter((entry) => entry.role === 'owner').length;
  const keys = new Set(entries.map((entry) => entry.sigPub.join()));
  if (!ascending || owners !== 1 || keys.size !== entries.length) {
    throw new BcError('ERR_ROSTER', 'the list of members contradicts itself');
  }
}
