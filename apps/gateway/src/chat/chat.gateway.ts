import { Inject, UseFilters } from '@nestjs/common';
import {
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import {
  parseClientEvent,
  PROTOCOL_VERSION,
  readEnvelopeHeader,
  FrameType,
  type Accepted,
  type AckBodies,
  type Bytes,
  type ClientEventName,
  type ClientEventPayload,
  type ShareSessionKey,
} from '@bytechat/protocol';
import { RoomError, type Rooms } from '@bytechat/rooms';
import { Allowance } from '../edge/allowance.ts';
import type { ChatServer, ChatSocket, MemberSocket } from '../edge/chat-socket.ts';
import { WireExceptionFilter } from '../edge/wire-exception.filter.ts';
import { ROOMS } from '../tokens.ts';
import { BlobEvents } from './blobs/blob-events.ts';
import { Entrance } from './entrance.ts';
import { FanOut } from './fan-out.ts';
import { asMember, seatOf } from './seats.ts';
import { Sessions } from './sessions.ts';
import { Turns } from './turns.ts';

/** Typing and the like, of one connection. */
const SIGNAL_BURST = 5;
const SIGNALS_PER_SECOND = 1;

type Answer<E extends ClientEventName> = Promise<Accepted<AckBodies[E]>>;

/** One handler an event: parse, ask the rules, tell the others, answer. A refusal is thrown; the filter words it. */
@WebSocketGateway()
@UseFilters(WireExceptionFilter)
export class ChatGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  readonly #rooms: Rooms;
  readonly #entrance: Entrance;
  readonly #sessions: Sessions;
  readonly #fanOut: FanOut;
  readonly #blobs: BlobEvents;
  readonly #turns = new Turns();
  readonly #signalAllowances = new WeakMap<ChatSocket, Allowance>();

  constructor(
    @Inject(ROOMS) rooms: Rooms,
    @Inject(Entrance) entrance: Entrance,
    @Inject(Sessions) sessions: Sessions,
    @Inject(FanOut) fanOut: FanOut,
    @Inject(BlobEvents) blobs: BlobEvents,
  ) {
    this.#rooms = rooms;
    this.#entrance = entrance;
    this.#sessions = sessions;
    this.#fanOut = fanOut;
    this.#blobs = blobs;
  }

  afterInit(server: ChatServer): void {
    this.#fanOut.attach(server);
  }

  handleConnection(socket: ChatSocket): void {
    const { challenge } = socket.data;
    socket.emit('user_connected', { challenge, serverTime: Date.now(), version: PROTOCOL_VERSION });
  }

  handleDisconnect(socket: ChatSocket): void {
    this.#sessions.disconnected(socket);
  }

  @SubscribeMessage('join_room')
  async joinRoom(socket: ChatSocket, payload: unknown): Answer<'join_room'> {
    const request = parse('join_room', payload);
    await this.#turns.take(socket, () => this.#entrance.enter(socket, request));
    return { ok: true };
  }

  @SubscribeMessage('leave_room')
  async leaveRoom(socket: ChatSocket, payload: unknown): Answer<'leave_room'> {
    parse('leave_room', payload);
    await this.#turns.take(socket, () => this.#sessions.leave(socket));
    return { ok: true };
  }

  @SubscribeMessage('share_session_key')
  async shareSessionKey(socket: ChatSocket, payload: unknown): Answer<'share_session_key'> {
    const request = parse('share_session_key', payload);
    switch (request.kind) {
      case 'found':
        return this.#turns.take(socket, () => this.#found(socket, request));
      case 'stage':
        await this.#rooms.stage(asMember(socket).data.seat, request);
        return { ok: true };
      case 'commit':
        return this.#commit(socket, request);
      case 'group_info':
        return { ok: true, bytes: await this.#groupInfo(socket, request.commitId, request.part) };
      case 'ku':
        await this.#rooms.keepKeyUpdate(asMember(socket).data.seat, request.bytes);
        return { ok: true };
      case 'ku_get':
        return { ok: true, ...(await this.#rooms.keyUpdates(asMember(socket).data.seat, request.from)) };
      case 'nack':
        await this.#complain(asMember(socket), request.bytes);
        return { ok: true };
    }
  }

  @SubscribeMessage('send_message')
  async sendMessage(socket: ChatSocket, payload: unknown): Answer<'send_message'> {
    const request = parse('send_message', payload);
    const member = asMember(socket);
    const { answer, hint } = await this.#rooms.send(member.data.seat, request);
    if (readEnvelopeHeader(request.env)?.type === FrameType.MESSAGE) this.#sessions.acted(socket);
    if (hint !== undefined && socket.data.seat !== undefined) this.#fanOut.message(member, hint);
    return { ok: true, ...answer };
  }

  @SubscribeMessage('sync_room')
  async syncRoom(socket: ChatSocket, payload: unknown): Answer<'sync_room'> {
    const { from } = parse('sync_room', payload);
    const page = await this.#rooms.sync(asMember(socket).data.seat, from);
    return { ok: true, ...page };
  }

  @SubscribeMessage('signal')
  async signal(socket: ChatSocket, payload: unknown): Answer<'signal'> {
    const { bytes } = parse('signal', payload);
    const member = asMember(socket);
    this.#spendSignal(socket);
    this.#fanOut.signal(member, { idx: member.data.seat.idx ?? 0, bytes });
    return { ok: true };
  }

  @SubscribeMessage('blob_put')
  async blobPut(socket: ChatSocket, payload: unknown): Answer<'blob_put'> {
    return { ok: true, ...(await this.#blobs.put(socket, parse('blob_put', payload))) };
  }

  @SubscribeMessage('blob_get')
  async blobGet(socket: ChatSocket, payload: unknown): Answer<'blob_get'> {
    return { ok: true, ...(await this.#blobs.get(socket, parse('blob_get', payload))) };
  }

  async #found(
    socket: ChatSocket,
    request: Extract<ShareSessionKey, { kind: 'found' }>,
  ): Answer<'share_session_key'> {
    const { seat, answer, news } = await this.#rooms.found(seatOf(socket), request);
    this.#sessions.take(socket, seat, []);
    if (news !== undefined) this.#fanOut.refounded(seat.rid, socket.id, news);
    return { ok: true, ...answer };
  }

  async #commit(
    socket: ChatSocket,
    request: Extract<ShareSessionKey, { kind: 'commit' }>,
  ): Answer<'share_session_key'> {
    const { seat } = asMember(socket).data;
    const { answer, news } = await this.#rooms.commit(seat, request);
    if (news !== undefined) this.#fanOut.commit(seat.rid, socket.id, news);
    return { ok: true, ...answer };
  }

  async #complain(member: MemberSocket, bytes: Bytes): Promise<void> {
    await this.#rooms.complain(member.data.seat);
    this.#fanOut.complaint(member, bytes);
  }

  async #groupInfo(socket: ChatSocket, commitId: Bytes, part: number): Promise<Bytes> {
    return this.#rooms.groupInfo(asMember(socket).data.seat, commitId, part);
  }

  #spendSignal(socket: ChatSocket): void {
    const allowance = this.#signalAllowances.get(socket) ?? new Allowance(SIGNAL_BURST, SIGNALS_PER_SECOND);
    this.#signalAllowances.set(socket, allowance);
    const retryAfterMs = allowance.take();
    if (retryAfterMs > 0) throw new RoomError('ERR_RATE', { retryAfterMs });
  }
}

/** @throws {RoomError} ERR_FORMAT */
function parse<E extends ClientEventName>(event: E, payload: unknown): ClientEventPayload<E> {
  const parsed = parseClientEvent(event, payload);
  if (!parsed.ok) throw new RoomError('ERR_FORMAT');
  return parsed.value;
}
