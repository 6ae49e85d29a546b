import { Inject, Injectable } from '@nestjs/common';
import type { MemberEntry } from '@bytechat/protocol';
import { RoomError, type Rooms, type Seat } from '@bytechat/rooms';
import type { GatewayConfig } from '@bytechat/config';
import type { ChatSocket } from '../edge/chat-socket.ts';
import { inBackground } from '../logging/in-background.ts';
import type { Log } from '../logging/log.ts';
import { Presence } from '../presence/presence.ts';
import { SessionClock } from '../presence/session-clock.ts';
import type { Timings } from '../timings.ts';
import { CONFIG, LOG, ROOMS, TIMINGS } from '../tokens.ts';
import { Connections } from './connections.ts';
import { FanOut } from './fan-out.ts';

/** The life of a connection in a room: it takes a seat, acts, and gives the seat up or is silent for too long. */
@Injectable()
export class Sessions {
  readonly #rooms: Rooms;
  readonly #connections: Connections;
  readonly #fanOut: FanOut;
  readonly #presence: Presence;
  readonly #timeoutMs: number;
  readonly #noticeMs: number;
  readonly #log: Log;

  constructor(
    @Inject(ROOMS) rooms: Rooms,
    @Inject(Connections) connections: Connections,
    @Inject(FanOut) fanOut: FanOut,
    @Inject(Presence) presence: Presence,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(TIMINGS) timings: Timings,
    @Inject(LOG) log: Log,
  ) {
    this.#rooms = rooms;
    this.#connections = connections;
    this.#fanOut = fanOut;
    this.#presence = presence;
    this.#timeoutMs = config.sessionTimeoutSeconds * 1_000;
    this.#noticeMs = timings.expiryNoticeMs;
    this.#log = log;
  }

  /** Gives the connection its place; `told` is the member list it has been sent. */
  take(socket: ChatSocket, seat: Seat, told: readonly MemberEntry[]): void {
    this.#connections.seat(socket, seat);
    if (seat.standing === 'member') this.#presence.watch(seat.rid, told);
    if (socket.connected) socket.data.session ??= this.#startClock(socket);
  }

  /** A person did something: the session's end is put off. */
  acted(socket: ChatSocket): void {
    socket.data.acted = true;
    socket.data.session?.acted();
  }

  /** Ends the membership, which the others hear of at once. @throws {RoomError} ERR_NOT_MEMBER without a seat. */
  async leave(socket: ChatSocket): Promise<void> {
    const { seat } = socket.data;
    if (seat === undefined) throw new RoomError('ERR_NOT_MEMBER');
    await this.giveUp(seat);
    if (socket.data.seat === seat) this.#connections.unseat(socket);
    this.#stopClock(socket);
  }

  /** Ends the membership of a seat that its connection holds no longer. */
  async giveUp(seat: Seat): Promise<void> {
    const leaving = await this.#rooms.leave(seat);
    if (leaving !== undefined) this.#fanOut.left(seat.rid, leaving);
  }

  /**
   * The connection is gone. Its membership stays, and nothing is announced until the lease runs out; but a newcomer who
   * waits no longer isn't let in.
   */
  disconnected(socket: ChatSocket): void {
    const { seat } = socket.data;
    this.#stopClock(socket);
    socket.data.seat = undefined;
    if (seat?.standing === 'newcomer') inBackground(this.giveUp(seat), this.#log);
  }

  #startClock(socket: ChatSocket): SessionClock {
    return new SessionClock(this.#timeoutMs, this.#noticeMs, {
      expiring: (inMs) => socket.emit('server_notice', { code: 'EXPIRING', retryAfterMs: inMs }),
      expired: () => void this.#expire(socket),
    });
  }

  /** A membership that can't be ended now, because the store is away, ends with its lease. */
  async #expire(socket: ChatSocket): Promise<void> {
    await this.leave(socket).catch(() => undefined);
    socket.emit('server_notice', { code: 'EXPIRED' });
    socket.disconnect(true);
  }

  #stopClock(socket: ChatSocket): void {
    socket.data.session?.stop();
    socket.data.session = undefined;
  }
}
