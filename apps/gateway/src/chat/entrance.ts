import { Inject, Injectable } from '@nestjs/common';
import type { JoinRoom } from '@bytechat/protocol';
import type { Caller, Entry, Rooms, RoomStore, Seat } from '@bytechat/rooms';
import type { GatewayConfig } from '@bytechat/config';
import type { ChatSocket } from '../edge/chat-socket.ts';
import type { Timings } from '../timings.ts';
import { CONFIG, ROOM_STORE, ROOMS, TIMINGS } from '../tokens.ts';
import { askForAdmission } from './admission.ts';
import { FanOut } from './fan-out.ts';
import { Sessions } from './sessions.ts';

/** The way into a room: create, join or resume, and what everybody hears of it. */
@Injectable()
export class Entrance {
  readonly #rooms: Rooms;
  readonly #store: RoomStore;
  readonly #sessions: Sessions;
  readonly #fanOut: FanOut;
  readonly #joinsPerMinute: number;
  readonly #timings: Timings;

  constructor(
    @Inject(ROOMS) rooms: Rooms,
    @Inject(ROOM_STORE) store: RoomStore,
    @Inject(Sessions) sessions: Sessions,
    @Inject(FanOut) fanOut: FanOut,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(TIMINGS) timings: Timings,
  ) {
    this.#rooms = rooms;
    this.#store = store;
    this.#sessions = sessions;
    this.#fanOut = fanOut;
    this.#joinsPerMinute = config.joinsPerMinute;
    this.#timings = timings;
  }

  /** One room a connection: who enters another one, or the same one anew, leaves the first. @throws {RoomError} */
  async enter(socket: ChatSocket, request: JoinRoom): Promise<void> {
    const before = socket.data.seat;
    const entry = await this.#ask(socket, request);
    if (before?.standing === 'member' && !isSameMember(before, entry.seat))
      await this.#sessions.giveUp(before).catch(() => undefined);
    this.#sessions.take(socket, entry.seat, entry.joined.members);
    // A connection that comes back by itself is no act of a person; the store knows how long the silence is.
    if (request.op !== 'resume') this.#sessions.acted(socket);
    socket.emit('room_joined', entry.joined);
    this.#tellOthers(socket, entry);
    // The acknowledgement goes out when this handler's promises have settled, and that is before the next turn.
    setImmediate(() => this.#catchUp(socket, entry));
  }

  async #ask(socket: ChatSocket, request: JoinRoom): Promise<Entry> {
    const caller = callerOf(socket);
    switch (request.op) {
      case 'create':
        await this.#spendJoin(caller);
        return this.#rooms.create(caller, request);
      case 'join':
        await this.#spendJoin(caller);
        return this.#rooms.join(caller, request);
      case 'resume':
        return this.#rooms.resume(caller, request);
    }
  }

  #spendJoin({ address }: Caller): Promise<void> {
    const perMinute = this.#joinsPerMinute;
    return this.#store.spend({ kind: 'join', address, burst: perMinute, perMinute });
  }

  #tellOthers(socket: ChatSocket, entry: Entry): void {
    if (entry.replaced !== undefined && entry.replaced !== socket.id) this.#fanOut.replaced(entry.replaced);
    askForAdmission(socket, entry, this.#fanOut, this.#timings.widerAdmissionMs);
  }

  #catchUp(socket: ChatSocket, { seat, waiting, absent }: Entry): void {
    for (const left of absent) socket.emit('user_left', left);
    for (const kp of waiting) socket.emit('user_joined', { kind: 'pending', kp });
    if (seat.standing === 'member') void this.#fanOut.head(socket, seat.rid);
  }
}

/** Always the same bytes: the rules know a spent challenge by its identity. */
function callerOf({ id, data }: ChatSocket): Caller {
  return { connection: id, address: data.address, challenge: data.challenge };
}

const isSameMember = (before: Seat, after: Seat): boolean =>
  after.standing === 'member' &&
  Buffer.compare(before.rid, after.rid) === 0 &&
  Buffer.compare(before.mid ?? Buffer.alloc(0), after.mid ?? Buffer.alloc(0)) === 0;
