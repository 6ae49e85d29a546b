import type { Bytes } from '@bytechat/protocol';
import { RoomError } from '../room-error.ts';
import type { MemberConnection } from '../room-store.ts';
import type { Seat } from '../rooms.ts';

export function memberSeat(
  rid: Bytes,
  connection: string,
  generation: number,
  member: { mid: Bytes; idx: number },
): Seat {
  return { rid, connection, standing: 'member', generation, mid: member.mid, idx: member.idx };
}

/** Whoever hasn't proven the membership yet speaks for nobody. @throws ERR_NOT_MEMBER. */
export function seatedMember({ standing, rid, mid, connection }: Seat): MemberConnection {
  if (standing !== 'member' || mid === undefined) throw new RoomError('ERR_NOT_MEMBER');
  return { rid, mid, connection };
}
