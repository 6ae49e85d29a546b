import type { Bytes, LogItem } from '@bytechat/protocol';
import { copyOf, hex } from '../bytes.ts';
import type { Committed, PendingNewcomer, StoredMember } from '../room-store.ts';
import type { StoreLifetimes } from '../store-settings.ts';
import { inOrderOfArrival } from '../waiting-order.ts';
import { asBytes, asList, asNumber, asPairs, asText, type Reply } from './reply.ts';

const TAG_BYTES = 16;

/** Members from `{now, mid and record…, mid and lease…, mid and act…}`; the record: see `lua/include/members.lua`. */
export function readMembers(reply: Reply, lifetimes: StoreLifetimes): StoredMember[] {
  const [now, records, leases, acts] = asList(reply);
  if (now === undefined) return [];
  const leaseOf = numbersByMid(leases);
  const actOf = numbersByMid(acts);
  return asPairs(records)
    .map(([mid, record]) => {
      const key = hex(asBytes(mid));
      const times = { now: asNumber(now), lease: leaseOf.get(key) ?? 0, act: actOf.get(key) ?? 0 };
      return readMember(asBytes(mid), asBytes(record), times, lifetimes);
    })
    .sort((a, b) => a.idx - b.idx);
}

function numbersByMid(reply: Reply): Map<string, number> {
  return new Map(asPairs(reply).map(([mid, number]) => [hex(asBytes(mid)), asNumber(number)]));
}

function readMember(
  mid: Bytes,
  record: Bytes,
  times: { now: number; lease: number; act: number },
  lifetimes: StoreLifetimes,
): StoredMember {
  const connectionEnd = 101 + (record[100] ?? 0);
  return {
    idx: (record[0] ?? 0) * 256 + (record[1] ?? 0),
    mid,
    kph: record.slice(3, 35),
    sigPub: record.slice(35, 100),
    connection: Buffer.from(record.subarray(101, connectionEnd)).toString(),
    state: stateOf(record[2] === 1, times, lifetimes),
    idleMs: Math.max(0, times.now - times.act),
  };
}

function stateOf(
  hasLeft: boolean,
  { now, lease }: { now: number; lease: number },
  { membershipMs }: StoreLifetimes,
): StoredMember['state'] {
  if (hasLeft) return 'left';
  if (now < lease) return 'present';
  return now < lease + membershipMs ? 'away' : 'timeout';
}

/** A newcomer and the end of its wait; the record: see `lua/include/waiting.lua`. */
function readNewcomer(mid: Reply, reply: Reply): PendingNewcomer & { until: number } {
  const record = asBytes(reply);
  const connectionEnd = 111 + (record[110] ?? 0);
  return {
    until: Number(Buffer.from(record.subarray(0, 13)).toString()),
    mid: asBytes(mid),
    kph: record.slice(13, 45),
    sigPub: record.slice(45, 110),
    connection: Buffer.from(record.subarray(111, connectionEnd)).toString(),
    kp: record.slice(connectionEnd),
  };
}

/** Who waits, in the order of arrival, from pairs of mid and record. */
export const readWaiting = (reply: Reply): PendingNewcomer[] =>
  inOrderOfArrival(asPairs(reply).map(([mid, record]) => readNewcomer(mid, record)));

/** Who came in by a commit, from groups of idx, mid, record, wrap and tag. */
export function readAdditions(reply: Reply): Committed['added'] {
  const list = asList(reply);
  const additions: Committed['added'] = [];
  for (let i = 0; i < list.length; i += 4) {
    const { kp, kph, mid, sigPub, connection } = readNewcomer(list[i + 1], list[i + 2]);
    const newcomer = { kp, kph, mid, sigPub, connection };
    additions.push({ idx: asNumber(list[i]), newcomer, ...readWrap(list[i + 3]) });
  }
  return additions;
}

/** A wrap with its tag behind it. */
export function readWrap(reply: Reply): { wrap: Bytes; tag: Bytes } {
  const bytes = asBytes(reply);
  const wrapEnd = bytes.length - TAG_BYTES;
  return { wrap: bytes.slice(0, wrapEnd), tag: bytes.slice(wrapEnd) };
}

export const packWrap = ({ wrap, tag }: { wrap: Bytes; tag: Bytes }): Bytes =>
  copyOf(Buffer.concat([wrap, tag]));

/** A welcome as it is staged: u16 idx, wrap, tag. */
export function packWelcome(welcome: { idx: number; wrap: Bytes; tag: Bytes }): Bytes {
  const idx = Buffer.alloc(2);
  idx.writeUInt16BE(welcome.idx);
  return copyOf(Buffer.concat([idx, packWrap(welcome)]));
}

/** One item of `lua/read.lua`. */
export function readItem(reply: Reply): LogItem {
  const [kind, seqReply, first, second, third] = asList(reply);
  const seq = asNumber(seqReply);
  switch (asText(kind)) {
    case 'm':
      return { kind: 'message', seq, at: asNumber(first), env: asBytes(second) };
    case 'c': {
      const commit = { kind: 'commit', seq, epoch: asNumber(first), frame: asBytes(second) } as const;
      return asBytes(third).length === 0 ? commit : { ...commit, wrap: readWrap(third) };
    }
    default:
      return { kind: 'hash', seq, hash: asBytes(first) };
  }
}
