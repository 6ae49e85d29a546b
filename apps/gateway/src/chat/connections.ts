import { toBase64Url, type Bytes } from '@bytechat/protocol';
import type { Seat } from '@bytechat/rooms';
import type { ChatServer, ChatSocket, MemberSocket } from '../edge/chat-socket.ts';

/** The Socket.IO room of a chat room's members. Longer than a connection id, so the two can't be mistaken. */
export const roomName = (rid: Bytes): string => `room:${toBase64Url(rid)}`;

/** The connections of this pod, and who of them sits where. */
export class Connections {
  #server: ChatServer | undefined;

  /** Called once, when Nest has made the server. */
  attach(server: ChatServer): void {
    this.#server = server;
  }

  /** @throws when called before the server stands: a mistake in the wiring. */
  get server(): ChatServer {
    if (this.#server === undefined) throw new Error('The Socket.IO server does not stand yet.');
    return this.#server;
  }

  all(): ChatSocket[] {
    return this.#server === undefined ? [] : [...this.#server.sockets.sockets.values()];
  }

  byId(connection: string): ChatSocket | undefined {
    return this.server.sockets.sockets.get(connection);
  }

  /** The members of a room that are connected to this pod. */
  membersOf(rid: Bytes): MemberSocket[] {
    const ids = this.server.sockets.adapter.rooms.get(roomName(rid)) ?? [];
    return [...ids].map((id) => this.byId(id)).filter(isMember);
  }

  /** Gives a connection its place; as a member it hears the room from now on. */
  seat(socket: ChatSocket, seat: Seat): void {
    this.unseat(socket);
    socket.data.seat = seat;
    if (seat.standing === 'member' && socket.connected) void socket.join(roomName(seat.rid));
  }

  unseat(socket: ChatSocket): void {
    const { seat } = socket.data;
    if (seat === undefined) return;
    void socket.leave(roomName(seat.rid));
    socket.data.seat = undefined;
  }
}

const isMember = (socket: ChatSocket | undefined): socket is MemberSocket =>
  socket?.data.seat?.standing === 'member';
