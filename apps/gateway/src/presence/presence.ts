import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { toBase64Url, type Bytes, type MemberEntry } from '@bytechat/protocol';
import { RoomError, type Rooms, type RoomStore, type Seat, type StoredMember } from '@bytechat/rooms';
import { Connections, roomName } from '../chat/connections.ts';
import type { ChatSocket, MemberSocket } from '../edge/chat-socket.ts';
import { inBackground } from '../logging/in-background.ts';
import type { Log } from '../logging/log.ts';
import type { Timings } from '../timings.ts';
import { LOG, ROOM_STORE, ROOMS, TIMINGS } from '../tokens.ts';
import {
  announcedBy,
  announcedByEntry,
  presenceChanges,
  type MemberState,
  type PresenceChange,
} from './presence-changes.ts';
import { Staggered } from './staggered.ts';

/** A room with members on this pod, and what they have been told of one another. */
interface WatchedRoom {
  rid: Bytes;
  announced: Map<string, MemberState>;
}

/**
 * Renews the leases of this pod's members, tells them who went and came, and sends the position beacon. A room is
 * watched from its first member here until a heartbeat finds none.
 */
@Injectable()
export class Presence implements OnModuleDestroy {
  readonly #rooms: Rooms;
  readonly #store: RoomStore;
  readonly #connections: Connections;
  readonly #watched = new Map<string, WatchedRoom>();
  readonly #heartbeats: Staggered<WatchedRoom>;
  readonly #beacons: Staggered<WatchedRoom>;

  constructor(
    @Inject(ROOMS) rooms: Rooms,
    @Inject(ROOM_STORE) store: RoomStore,
    @Inject(Connections) connections: Connections,
    @Inject(TIMINGS) timings: Timings,
    @Inject(LOG) log: Log,
  ) {
    this.#rooms = rooms;
    this.#store = store;
    this.#connections = connections;
    this.#heartbeats = new Staggered(timings.heartbeatMs, (room) => inBackground(this.#heartbeat(room), log));
    this.#beacons = new Staggered(timings.beaconMs, (room) => inBackground(this.#beacon(room), log));
  }

  /** A member sits here now who has been told of these others. */
  watch(rid: Bytes, told: readonly MemberEntry[]): void {
    const name = roomName(rid);
    if (this.#watched.has(name)) return;
    const room = { rid, announced: announcedByEntry(told) };
    this.#watched.set(name, room);
    this.#heartbeats.add(room);
    this.#beacons.add(room);
  }

  /** The members here have been told this by other means; undefined: the member is gone. */
  note(rid: Bytes, mid: Bytes, state: MemberState | undefined): void {
    const announced = this.#watched.get(roomName(rid))?.announced;
    if (state === undefined) announced?.delete(toBase64Url(mid));
    else announced?.set(toBase64Url(mid), state);
  }

  onModuleDestroy(): void {
    this.#heartbeats.stop();
    this.#beacons.stop();
  }

  async #heartbeat(room: WatchedRoom): Promise<void> {
    const sockets = this.#connections.membersOf(room.rid);
    if (sockets.length === 0) {
      this.#unwatch(room);
      return;
    }
    const seats = sockets.map((socket) => ({ socket, seat: socket.data.seat }));
    const members = await this.#renew(room, sockets);
    if (members === undefined) return;
    const changes = presenceChanges(room.announced, members);
    room.announced = announcedBy(members);
    for (const socket of this.#connections.membersOf(room.rid))
      for (const change of changes) tell(socket, change);
    for (const { socket, seat } of seats) if (socket.data.seat === seat) settle(socket, seat, members);
  }

  /** The member list; empty when the room is gone, undefined when the store is out of reach (then no lease counts). */
  async #renew(room: WatchedRoom, sockets: readonly MemberSocket[]): Promise<StoredMember[] | undefined> {
    const seats = sockets.map(({ data }) => ({ seat: data.seat, acted: data.acted }));
    for (const socket of sockets) socket.data.acted = false;
    try {
      return await this.#rooms.heartbeat(room.rid, seats);
    } catch (error) {
      if (error instanceof RoomError && error.code === 'ERR_ROOM_NOT_FOUND') return [];
      for (const [i, socket] of sockets.entries()) socket.data.acted ||= seats[i]!.acted;
      return undefined;
    }
  }

  async #beacon(room: WatchedRoom): Promise<void> {
    const head = await this.#store.head(room.rid).catch(() => undefined);
    if (head === undefined) return;
    const { generation, seq } = head;
    for (const socket of this.#connections.membersOf(room.rid))
      socket.volatile.emit('room_head', { generation, seq });
  }

  #unwatch(room: WatchedRoom): void {
    this.#watched.delete(roomName(room.rid));
    this.#heartbeats.delete(room);
    this.#beacons.delete(room);
  }
}

/**
 * Holds a connection to what the store knows of its member. One whose place another connection has, or that has no
 * place any more, missed the news of it: it is closed, and learns the rest when it comes back.
 */
function settle(socket: ChatSocket, seat: Seat, members: readonly StoredMember[]): void {
  const member = members.find(({ mid }) => Buffer.compare(mid, seat.mid ?? Buffer.alloc(0)) === 0);
  if (member?.connection === socket.id && (member.state === 'present' || member.state === 'away')) {
    if (!socket.data.acted) socket.data.session?.silentFor(member.idleMs);
    return;
  }
  if (member !== undefined && member.connection !== socket.id)
    socket.emit('server_notice', { code: 'REPLACED' });
  socket.disconnect(true);
}

function tell(socket: ChatSocket, change: PresenceChange): void {
  if (change.event === 'user_left') socket.emit('user_left', change.payload);
  else socket.emit('user_joined', change.payload);
}
