import { Inject, Injectable } from '@nestjs/common';
import type { Bytes, RemoveReason, ServerToClient } from '@bytechat/protocol';
import type { CommitOutcome, FoundOutcome, Leaving, Rooms, RoomStore } from '@bytechat/rooms';
import type { ChatServer, ChatSocket, MemberSocket } from '../edge/chat-socket.ts';
import { describeError } from '../logging/describe-error.ts';
import { inBackground } from '../logging/in-background.ts';
import type { Log } from '../logging/log.ts';
import { Presence } from '../presence/presence.ts';
import { Bus } from './bus.ts';
import type { BusMessage } from './bus-message.ts';
import { Connections, roomName } from './connections.ts';
import { LOG, ROOM_STORE, ROOMS } from '../tokens.ts';

export type CommitNews = NonNullable<CommitOutcome['news']>;
type CommitMessage = Extract<BusMessage, { kind: 'commit' }>;
type RefoundedMessage = Extract<BusMessage, { kind: 'refounded' }>;
type LeftMessage = Extract<BusMessage, { kind: 'left' }>;
type Wraps = Awaited<ReturnType<Rooms['wraps']>>;

/** A member connected to this pod, and the slot it had when the news came. */
interface LocalMember {
  socket: ChatSocket;
  idx: number | undefined;
}

const NO_WRAPS: Wraps = new Map();

/** Brings what happened in a room to its members, on whatever pod they are. All of it is a hint; the log is the truth. */
@Injectable()
export class FanOut {
  readonly #rooms: Rooms;
  readonly #store: RoomStore;
  readonly #connections: Connections;
  readonly #presence: Presence;
  readonly #bus: Bus;
  readonly #log: Log;

  constructor(
    @Inject(ROOMS) rooms: Rooms,
    @Inject(ROOM_STORE) store: RoomStore,
    @Inject(Connections) connections: Connections,
    @Inject(Presence) presence: Presence,
    @Inject(Bus) bus: Bus,
    @Inject(LOG) log: Log,
  ) {
    this.#rooms = rooms;
    this.#store = store;
    this.#connections = connections;
    this.#presence = presence;
    this.#bus = bus;
    this.#log = log;
  }

  attach(server: ChatServer): void {
    this.#connections.attach(server);
    this.#bus.attach(server, (message) => this.#deliver(message));
  }

  message(sender: MemberSocket, hint: ServerToClient['new_message']): void {
    sender.to(roomName(sender.data.seat.rid)).emit('new_message', hint);
  }

  /** A member can't follow a commit, and says so to the others. */
  complaint(sender: MemberSocket, bytes: Bytes): void {
    sender.to(roomName(sender.data.seat.rid)).emit('session_key_received', { kind: 'nack', bytes });
  }

  /** Typing and the like: dropped for a slow reader, and for the other pods while the bus is down. */
  signal(sender: MemberSocket, signal: ServerToClient['signal']): void {
    const here = this.#bus.isUp() ? sender.volatile : sender.volatile.local;
    here.to(roomName(sender.data.seat.rid)).emit('signal', signal);
  }

  /** Asks members, by connection, to let a newcomer in. */
  newcomer(connections: readonly string[], kp: Bytes): void {
    if (connections.length === 0) return;
    this.#connections.server.to([...connections]).emit('user_joined', { kind: 'pending', kp });
  }

  /** Asks every member but those who have been asked. */
  newcomerToOthers(rid: Bytes, asked: readonly string[], kp: Bytes): void {
    const others = this.#connections.server.to(roomName(rid)).except([...asked]);
    others.emit('user_joined', { kind: 'pending', kp });
  }

  /** Ends the connection that another one has taken the place of. */
  replaced(connection: string): void {
    this.#connections.server.to(connection).emit('server_notice', { code: 'REPLACED' });
    this.#connections.server.in(connection).disconnectSockets(true);
  }

  left(rid: Bytes, leaving: Leaving): void {
    this.#everywhere({ kind: 'left', rid, ...leaving });
  }

  /** A member began the room anew: everybody else's membership has ended, and whoever waited asks again. */
  refounded(rid: Bytes, founder: string, news: NonNullable<FoundOutcome['news']>): void {
    this.#everywhere({ kind: 'refounded', rid, founder, ...news });
  }

  commit(rid: Bytes, committer: string, news: CommitNews): void {
    this.#everywhere({ kind: 'commit', rid, committer, news: news as CommitMessage['news'] });
  }

  /** Tells one connection where the room stands, so that a hint it missed while it came in is noticed. */
  async head(socket: ChatSocket, rid: Bytes): Promise<void> {
    const head = await this.#store.head(rid).catch(() => undefined);
    if (head !== undefined) socket.emit('room_head', { generation: head.generation, seq: head.seq });
  }

  #everywhere(message: BusMessage): void {
    this.#bus.publish(message);
    this.#deliver(message);
  }

  #deliver(message: BusMessage): void {
    switch (message.kind) {
      case 'left':
        this.#deliverLeft(message);
        break;
      case 'refounded':
        this.#deliverRefounded(message);
        break;
      case 'commit':
        inBackground(this.#deliverCommit(message), this.#log);
    }
  }

  /** A member of the new generation already has come back faster than the news. */
  #deliverRefounded({ rid, founder, generation, turnedAway }: RefoundedMessage): void {
    for (const socket of this.#connections.membersOf(rid)) {
      if (socket.id === founder || socket.data.seat.generation >= generation) continue;
      this.#connections.unseat(socket);
      socket.emit('room_head', { generation, seq: 0 });
    }
    this.#turnAway(turnedAway);
  }

  /** They ask again, and learn whether what they come with is still good. */
  #turnAway(connections: readonly string[]): void {
    for (const connection of connections) this.#connections.byId(connection)?.disconnect(true);
  }

  #deliverLeft({ rid, left, turnedAway }: LeftMessage): void {
    this.#presence.note(rid, left.mid, 'left');
    for (const socket of this.#connections.membersOf(rid)) socket.emit('user_left', left);
    this.#turnAway(turnedAway);
  }

  /** Who sat here when the news came; a seat may be given up while the wraps are read. */
  async #deliverCommit({ rid, committer, news }: CommitMessage): Promise<void> {
    const members = this.#connections.membersOf(rid).map((socket) => ({ socket, idx: socket.data.seat.idx }));
    const receivers = members.filter(({ socket }) => socket.id !== committer);
    const wraps = news.rekey ? await this.#wrapsFor(receivers, rid, news.hint.epoch) : NO_WRAPS;
    for (const { socket, idx } of receivers) {
      const wrap = wraps.get(idx ?? -1);
      socket.emit('session_key_received', wrap === undefined ? news.hint : { ...news.hint, wrap });
    }
    for (const welcome of news.welcomes) this.#welcome(rid, welcome);
    this.#announceRoster(rid, members, news);
    this.#turnAway(news.turnedAway);
  }

  /** Without its wrap a member asks the log for it, so a store that doesn't answer holds nothing up. */
  async #wrapsFor(receivers: readonly LocalMember[], rid: Bytes, epoch: number): Promise<Wraps> {
    const idxs = receivers.flatMap(({ idx }) => idx ?? []);
    if (idxs.length === 0) return NO_WRAPS;
    try {
      return await this.#rooms.wraps(rid, epoch, idxs);
    } catch (error) {
      this.#log.warn({ error: describeError(error) }, 'The wraps of a commit could not be read.');
      return NO_WRAPS;
    }
  }

  #welcome(rid: Bytes, { connection, seat, welcome }: CommitMessage['news']['welcomes'][number]): void {
    const socket = this.#connections.byId(connection);
    if (socket === undefined) return;
    this.#connections.seat(socket, seat);
    this.#presence.watch(rid, []);
    socket.emit('session_key_received', welcome);
    inBackground(this.head(socket, rid), this.#log);
  }

  #announceRoster(rid: Bytes, members: readonly LocalMember[], news: CommitMessage['news']): void {
    for (const joined of news.joined) this.#presence.note(rid, joined.mid, 'present');
    for (const removed of news.removed) this.#presence.note(rid, removed.mid, undefined);
    const gone = new Map(news.removed.map(({ idx, reason }) => [idx, reason]));
    for (const { socket, idx } of members) {
      for (const joined of news.joined) socket.emit('user_joined', joined);
      for (const removed of news.removed) socket.emit('user_left', removed);
      if (gone.has(idx ?? -1)) this.#dismiss(socket, gone.get(idx ?? -1));
    }
  }

  /** Who left has gone by itself; who was kicked is told so, after the commit that says by whom. */
  #dismiss(socket: ChatSocket, reason: RemoveReason | undefined): void {
    this.#connections.unseat(socket);
    if (reason !== 'kick') return;
    socket.emit('server_notice', { code: 'KICKED' });
    socket.disconnect(true);
  }
}
