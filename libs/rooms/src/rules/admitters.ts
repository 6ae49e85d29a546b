import type { Bytes } from '@bytechat/protocol';
import { sha256 } from '../bytes.ts';
import type { StoredMember } from '../room-store.ts';

/** How many members are told of a newcomer at once (PROTOCOL decision 22). */
const ADMITTERS = 3;

/** The connections of the lowest-ranked present members, by H(gid ‖ u32 epoch ‖ mid) (PROTOCOL §6.10). */
export function admittersOf(gid: Bytes, epoch: number, members: readonly StoredMember[]): string[] {
  const epochBytes = Buffer.alloc(4);
  epochBytes.writeUInt32BE(epoch);
  return members
    .filter(({ state }) => state === 'present')
    .map(({ mid, connection }) => ({ rank: sha256(gid, epochBytes, mid), connection }))
    .sort((a, b) => Buffer.compare(a.rank, b.rank))
    .slice(0, ADMITTERS)
    .map(({ connection }) => connection);
}
