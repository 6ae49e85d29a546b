import { RoomError, type Seat } from '@bytechat/rooms';
import type { ChatSocket, MemberSocket } from '../edge/chat-socket.ts';

/** @throws {RoomError} ERR_NOT_MEMBER when the connection has entered no room. */
export function seatOf(socket: ChatSocket): Seat {
  const { seat } = socket.data;
  if (seat === undefined) throw new RoomError('ERR_NOT_MEMBER');
  return seat;
}

/** @throws {RoomError} ERR_NOT_MEMBER when the connection is no member, or not yet. */
export function asMember(socket: ChatSocket): MemberSocket {
  if (seatOf(socket).standing !== 'member') throw new RoomError('ERR_NOT_MEMBER');
  return socket as MemberSocket;
}
