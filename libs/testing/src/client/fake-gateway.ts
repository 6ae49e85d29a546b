import {
  parseClientEvent,
  PROTOCOL_VERSION,
  toBase64Url,
  type Accepted,
  type Acknowledgement,
  type BlobGet,
  type BlobPut,
  type Bytes,
  type ClientEventName,
  type ClientEventPayload,
  type JoinRoom,
  type NoticeCode,
  type ServerToClient,
  type ShareSessionKey,
} from '@bytechat/protocol';
import {
  createBlobs,
  createRooms,
  DEFAULT_STORE_LIMITS,
  MemoryBlobStore,
  MemoryRoomStore,
  RoomError,
  type Blobs,
  type CommitOutcome,
  type Entry,
  type FoundOutcome,
  type Rooms,
  type Seat,
  type StoredMember,
  type StoreLimits,
} from '@bytechat/rooms';
import type { RoomInfoSource, ServerEvent, TransportFactory } from '@bytechat/client';
import type { FakeClock } from './fake-clock.ts';
import { FakeConnection, type ServerSide } from './fake-connection.ts';
import { Faults } from './faults.ts';

const HEARTBEAT_MS = 5_000;
const BEACON_MS = 12_000;
const MIB = 1024 * 1024;
const BLOB_LIMITS = { maxFileBytes: 5 * MIB, maxRoomBytes: 20 * MIB, maxAddressBytes: 40 * MIB };

type SeatedConnection = FakeConnection & { seat: Seat };

/**
 * A gateway without Nest, sockets and Redis: the real rules over the real memory store, on a test's clock. What it
 * does beside the rules (hints, presence, beacons) it does as the real one; what goes wrong on the way is told to
 * `faults`.
 */
export class FakeGateway implements ServerSide {
  readonly faults = new Faults();
  readonly rooms: Rooms;
  readonly store: MemoryRoomStore;
  readonly blobs: Blobs;
  readonly connections: FakeConnection[] = [];
  /** Every frame that reached the server, as bytes: what a server could know. */
  readonly seen: unknown[] = [];
  readonly #clock: FakeClock;
  readonly #announced = new Map<string, Map<string, StoredMember['state']>>();
  #lastId = 0;

  constructor(clock: FakeClock, limits: Partial<StoreLimits> = {}) {
    this.#clock = clock;
    const all = { ...DEFAULT_STORE_LIMITS, ...limits };
    this.store = new MemoryRoomStore({ limits: all, now: () => clock.now() });
    this.rooms = createRooms(this.store, { pepper: new Uint8Array(32).fill(7), limits: all });
    const blobStore = new MemoryBlobStore({ rooms: this.store, limits: BLOB_LIMITS, now: () => clock.now() });
    this.blobs = createBlobs(blobStore, BLOB_LIMITS);
    this.#every(HEARTBEAT_MS, () => this.#heartbeat());
    this.#every(BEACON_MS, () => this.#beacon());
  }

  readonly info: RoomInfoSource = async (_endpoint, rid) => this.rooms.info(rid);

  readonly connect: TransportFactory = (_endpoint, listener) => {
    const id = `connection-${++this.#lastId}`;
    const challenge = crypto.getRandomValues(new Uint8Array(32));
    const connection = new FakeConnection({ id, challenge, server: this, listener, clock: this.#clock });
    this.connections.push(connection);
    queueMicrotask(() => {
      const refusal = this.faults.refusalOfConnection();
      if (refusal) connection.cut(refusal === 'unreachable' ? undefined : refusal);
      else this.#greet(connection, challenge);
    });
    return connection;
  };

  async handle(
    connection: FakeConnection,
    event: ClientEventName,
    payload: unknown,
  ): Promise<Acknowledgement> {
    this.seen.push(payload);
    await this.faults.held(event);
    const refusal = this.faults.refusalOf(connection, event, payload);
    if (refusal) return { ok: false, error: refusal };
    try {
      return await this.#carryOut(connection, event, payload);
    } catch (error) {
      if (error instanceof RoomError) return { ok: false, error: error.toWire() };
      throw error;
    }
  }

  copies(connection: FakeConnection, event: ServerEvent): number {
    return this.faults.copiesOf(connection, event);
  }

  losesAck(_connection: FakeConnection, event: ClientEventName): boolean {
    return this.faults.losesAckOf(event);
  }

  gone(connection: FakeConnection): void {
    const { seat } = connection;
    connection.seat = undefined;
    if (seat && seat.standing !== 'member') void this.rooms.leave(seat).catch(() => undefined);
  }

  /** The newest connection that sits where `mid` sits, in hex. */
  connectionOf(mid: string): FakeConnection {
    const found = this.connections.findLast(
      ({ alive, seat }) => alive && seat?.mid && Buffer.from(seat.mid).toString('hex') === mid,
    );
    if (!found) throw new Error('Nobody sits there.');
    return found;
  }

  notify(connection: FakeConnection, payload: ServerToClient['server_notice']): void {
    connection.emit({ name: 'server_notice', payload });
  }

  #greet(connection: FakeConnection, challenge: Bytes): void {
    const payload = { challenge, serverTime: this.#clock.now(), version: PROTOCOL_VERSION };
    connection.emit({ name: 'user_connected', payload });
  }

  async #carryOut(connection: FakeConnection, event: ClientEventName, payload: unknown): Promise<Accepted> {
    switch (event) {
      case 'join_room':
        await this.#enter(connection, parse('join_room', payload));
        return { ok: true };
      case 'share_session_key':
        return this.#shareKey(connection, parse('share_session_key', payload));
      case 'send_message':
        return this.#send(connection, parse('send_message', payload));
      case 'sync_room':
        return {
          ok: true,
          ...(await this.rooms.sync(seatOf(connection), parse('sync_room', payload).from)),
        };
      case 'leave_room':
        await this.#leave(connection);
        return { ok: true };
      case 'signal':
        this.#relaySignal(connection, parse('signal', payload).bytes);
        return { ok: true };
      case 'blob_put':
        return { ok: true, ...(await this.#putBlob(connection, parse('blob_put', payload))) };
      case 'blob_get':
        return { ok: true, ...(await this.#getBlob(connection, parse('blob_get', payload))) };
    }
  }

  #putBlob(connection: FakeConnection, request: BlobPut): Promise<{ missing: number }> {
    return this.blobs.put(seatOf(connection), connection.caller.address, request);
  }

  async #getBlob(connection: FakeConnection, request: BlobGet): Promise<{ bytes: Bytes }> {
    const { bytes } = await this.blobs.get(seatOf(connection), this.faults.chunkAskedFor(request));
    return { bytes: this.faults.chunkAsGiven(request, bytes) };
  }

  async #enter(connection: FakeConnection, request: JoinRoom): Promise<void> {
    const entry = await this.#ask(connection, request);
    if (connection.seat?.standing === 'member') await this.#leave(connection);
    connection.seat = entry.seat;
    connection.emit({ name: 'room_joined', payload: entry.joined });
    for (const payload of entry.absent) connection.emit({ name: 'user_left', payload });
    for (const kp of entry.waiting)
      connection.emit({ name: 'user_joined', payload: { kind: 'pending', kp } });
    if (entry.replaced !== undefined && entry.replaced !== connection.id) this.#replace(entry.replaced);
    if (entry.kp) this.#askForAdmission(entry);
  }

  #ask({ caller }: FakeConnection, request: JoinRoom): Promise<Entry> {
    if (request.op === 'create') return this.rooms.create(caller, request);
    return request.op === 'join' ? this.rooms.join(caller, request) : this.rooms.resume(caller, request);
  }

  #askForAdmission({ admitters, kp }: Entry): void {
    for (const connection of this.connections)
      if (connection.alive && admitters.includes(connection.id))
        connection.emit({ name: 'user_joined', payload: { kind: 'pending', kp: kp! } });
  }

  #replace(id: string): void {
    const old = this.connections.find((connection) => connection.id === id);
    if (old) this.#close(old, 'REPLACED');
  }

  #close(connection: FakeConnection, code?: NoticeCode): void {
    if (code) this.notify(connection, { code });
    queueMicrotask(() => connection.cut());
  }

  async #shareKey(connection: FakeConnection, request: ShareSessionKey): Promise<Accepted> {
    const seat = seatOf(connection);
    switch (request.kind) {
      case 'found': {
        const { seat: taken, answer, news } = await this.rooms.found(seat, request);
        connection.seat = taken;
        if (news) this.#tellOfReinit(connection, taken.rid, news);
        return { ok: true, ...answer };
      }
      case 'stage':
        await this.rooms.stage(seat, request);
        return { ok: true };
      case 'commit': {
        const { answer, news } = await this.rooms.commit(seat, request);
        if (news) await this.#tellOfCommit(connection, seat.rid, news);
        return { ok: true, ...answer };
      }
      case 'group_info':
        return {
          ok: true,
          bytes: await this.rooms.groupInfo(seat, request.commitId, request.part),
        } as Accepted;
      case 'ku':
        await this.rooms.keepKeyUpdate(seat, request.bytes);
        return { ok: true };
      case 'ku_get':
        return { ok: true, ...(await this.rooms.keyUpdates(seat, request.from)) };
      case 'nack':
        await this.rooms.complain(seat);
        this.#relayComplaint(connection, seat.rid, request.bytes);
        return { ok: true };
    }
  }

  #relaySignal(sender: FakeConnection, bytes: Bytes): void {
    const { rid, idx = 0 } = seatOf(sender);
    for (const member of this.#membersOf(rid))
      if (member !== sender) member.emit({ name: 'signal', payload: { idx, bytes } });
  }

  #relayComplaint(sender: FakeConnection, rid: Bytes, bytes: Bytes): void {
    for (const member of this.#membersOf(rid))
      if (member !== sender) member.emit({ name: 'session_key_received', payload: { kind: 'nack', bytes } });
  }

  #tellOfReinit(
    founder: FakeConnection,
    rid: Bytes,
    { generation, turnedAway }: NonNullable<FoundOutcome['news']>,
  ): void {
    for (const member of this.#membersOf(rid)) {
      if (member === founder || member.seat.generation >= generation) continue;
      member.emit({ name: 'room_head', payload: { generation, seq: 0 } });
      (member as FakeConnection).seat = undefined;
    }
    this.#turnAway(turnedAway);
  }

  async #tellOfCommit(
    committer: FakeConnection,
    rid: Bytes,
    { hint, rekey, welcomes, joined, removed, turnedAway }: NonNullable<CommitOutcome['news']>,
  ): Promise<void> {
    const members = this.#membersOf(rid);
    const idxs = members.flatMap(({ seat }) => seat.idx ?? []);
    const wraps = rekey ? await this.rooms.wraps(rid, hint.epoch, idxs) : new Map<number, never>();
    for (const member of members) {
      if (member === committer) continue;
      const wrap = wraps.get(member.seat.idx ?? -1);
      member.emit({ name: 'session_key_received', payload: wrap ? { ...hint, wrap } : hint });
    }
    for (const { connection: id, seat, welcome } of welcomes) {
      const newcomer = this.connections.find((one) => one.id === id && one.alive);
      if (!newcomer) continue;
      newcomer.seat = seat;
      newcomer.emit({ name: 'session_key_received', payload: welcome });
    }
    for (const member of this.#membersOf(rid)) {
      for (const payload of joined) member.emit({ name: 'user_joined', payload });
      for (const payload of removed) member.emit({ name: 'user_left', payload });
    }
    const kicked = new Set(removed.flatMap(({ idx, reason }) => (reason === 'kick' ? [idx] : [])));
    for (const member of members) if (kicked.has(member.seat.idx ?? -1)) this.#close(member, 'KICKED');
    this.#turnAway(turnedAway);
  }

  #turnAway(connections: readonly string[]): void {
    for (const one of this.connections) if (connections.includes(one.id)) this.#close(one);
  }

  async #send(connection: FakeConnection, request: ClientEventPayload<'send_message'>): Promise<Accepted> {
    const seat = seatOf(connection);
    const { answer, hint } = await this.rooms.send(seat, request);
    if (hint)
      for (const member of this.#membersOf(seat.rid))
        if (member !== connection) member.emit({ name: 'new_message', payload: hint });
    return { ok: true, ...answer };
  }

  async #leave(connection: FakeConnection): Promise<void> {
    const seat = seatOf(connection);
    const leaving = await this.rooms.leave(seat);
    connection.seat = undefined;
    if (!leaving) return;
    const { left, turnedAway } = leaving;
    for (const member of this.#membersOf(seat.rid)) member.emit({ name: 'user_left', payload: left });
    this.#turnAway(turnedAway);
  }

  #membersOf(rid: Bytes): SeatedConnection[] {
    return this.connections.filter(
      (one): one is SeatedConnection =>
        one.alive && one.seat?.standing === 'member' && toBase64Url(one.seat.rid) === toBase64Url(rid),
    );
  }

  async #heartbeat(): Promise<void> {
    for (const rid of this.#occupied()) {
      const seats = this.#membersOf(rid).map(({ seat }) => ({ seat, acted: true }));
      const members = await this.rooms.heartbeat(rid, seats).catch(() => []);
      this.#announce(rid, members);
    }
  }

  #announce(rid: Bytes, members: readonly StoredMember[]): void {
    const before = this.#announced.get(toBase64Url(rid)) ?? new Map<string, StoredMember['state']>();
    const now = new Map(members.map(({ mid, state }) => [toBase64Url(mid), state]));
    this.#announced.set(toBase64Url(rid), now);
    for (const { idx, mid, state } of members) {
      if (before.get(toBase64Url(mid)) === state) continue;
      for (const member of this.#membersOf(rid)) member.emit(presenceEvent(idx, mid, state));
    }
  }

  async #beacon(): Promise<void> {
    for (const rid of this.#occupied()) {
      const head = await this.store.head(rid);
      if (!head) continue;
      const { generation, seq } = head;
      for (const member of this.#membersOf(rid))
        member.emit({ name: 'room_head', payload: { generation, seq } });
    }
  }

  #occupied(): Bytes[] {
    const rids = this.connections.flatMap(({ alive, seat }) => (alive && seat ? [seat.rid] : []));
    return [...new Map(rids.map((rid) => [toBase64Url(rid), rid])).values()];
  }

  #every(ms: number, task: () => Promise<void>): void {
    this.#clock.schedule(ms, () => {
      void task();
      this.#every(ms, task);
    });
  }
}

function presenceEvent(idx: number, mid: Bytes, state: StoredMember['state']): ServerEvent {
  switch (state) {
    case 'present':
      return { name: 'user_joined', payload: { kind: 'present', idx, mid } };
    case 'away':
      return { name: 'user_left', payload: { kind: 'away', idx, mid } };
    case 'left':
    case 'timeout':
      return { name: 'user_left', payload: { kind: 'left', idx, mid, reason: state } };
  }
}

function seatOf(connection: FakeConnection): Seat {
  if (!connection.seat) throw new RoomError('ERR_NOT_MEMBER');
  return connection.seat;
}

function parse<E extends ClientEventName>(event: E, payload: unknown): ClientEventPayload<E> {
  const parsed = parseClientEvent(event, payload);
  if (!parsed.ok) throw new RoomError('ERR_FORMAT');
  return parsed.value;
}
