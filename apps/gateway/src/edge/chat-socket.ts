import type { Bytes, ClientToServer, ServerToClient } from '@bytechat/protocol';
import type { AddressKeys, Seat } from '@bytechat/rooms';
import type { Server, Socket } from 'socket.io';
import type { SessionClock } from '../presence/session-clock.ts';

/** What the gateway knows of one open connection. Kept on the socket, gone with it. */
export interface ConnectionData {
  /** 32 random bytes, good for one resume. */
  challenge: Bytes;
  address: AddressKeys;
  /** The place in a room, once there is one. */
  seat: Seat | undefined;
  /** A person did something since the last heartbeat. */
  acted: boolean;
  session: SessionClock | undefined;
}

type ServerEvents = { [E in keyof ServerToClient]: (payload: ServerToClient[E]) => void };

/** What pods tell one another: one encoded BusMessage. */
interface PodEvents {
  bus: (message: string) => void;
}

export type ChatSocket = Socket<ClientToServer, ServerEvents, PodEvents, ConnectionData>;
export type ChatServer = Server<ClientToServer, ServerEvents, PodEvents, ConnectionData>;

/** A connection that is a member of a room. */
export type MemberSocket = ChatSocket & { data: { seat: Seat } };
