import {
  DEFAULT_MESSAGE_TTL_SECONDS,
  FrameType,
  MAX_SYNC_PAGE_BYTES,
  readEnvelopeHeader,
  readKeyUpdateHeader,
  type AckBodies,
  type Bytes,
  type JoinRoom,
  type Position,
  type RoomInfo,
  type ShareSessionKey,
} from '@bytechat/protocol';
import { equal } from '../bytes.ts';
import { RoomError } from '../room-error.ts';
import type {
  AddressKeys,
  CommitEpoch,
  KeyUpdatePage,
  RoomStore,
  StoredMember,
  StoreLimits,
} from '../room-store.ts';
import type {
  Caller,
  CommitOutcome,
  Entry,
  FoundOutcome,
  Leaving,
  Rooms,
  Seat,
  SendOutcome,
} from '../rooms.ts';
import { addressKeysOf } from './address-keys.ts';
import { newsOf } from './commit-news.ts';
import { suiteOfCommit } from './commit-shape.ts';
import { Entrance } from './entrance.ts';
import { gateVerifier } from './gate.ts';
import { newcomerOf } from './newcomer.ts';
import { memberSeat, seatedMember } from './seats.ts';

export interface RoomsConfig {
  /** Secret of the deployment, the same on every pod, never in the store; at least 32 bytes. */
  pepper: Bytes;
  limits: Pick<StoreLimits, 'maxMembers'>;
}

const MIN_PEPPER_BYTES = 32;

/** The rules over a store. @throws RangeError when the pepper is too short. */
export function createRooms(store: RoomStore, config: RoomsConfig): Rooms {
  if (config.pepper.length < MIN_PEPPER_BYTES) {
    throw new RangeError(`The pepper must have at least ${MIN_PEPPER_BYTES} bytes.`);
  }
  return new RoomRules(store, config);
}

class RoomRules implements Rooms {
  readonly #store: RoomStore;
  readonly #config: RoomsConfig;
  readonly #entrance: Entrance;

  constructor(store: RoomStore, config: RoomsConfig) {
    this.#store = store;
    this.#config = config;
    this.#entrance = new Entrance(store, config.pepper);
  }

  create(caller: Caller, request: Extract<JoinRoom, { op: 'create' }>): Promise<Entry> {
    return this.#entrance.create(caller, request);
  }

  join(caller: Caller, request: Extract<JoinRoom, { op: 'join' }>): Promise<Entry> {
    return this.#entrance.join(caller, request);
  }

  resume(caller: Caller, request: Extract<JoinRoom, { op: 'resume' }>): Promise<Entry> {
    return this.#entrance.resume(caller, request);
  }

  async found(seat: Seat, request: Extract<ShareSessionKey, { kind: 'found' }>): Promise<FoundOutcome> {
    const { rid, connection } = seat;
    const { expectGeneration, gid, params, kp } = request;
    const state = await this.#store.state(rid);
    if (state === undefined) throw new RoomError('ERR_ROOM_NOT_FOUND');
    const founder = newcomerOf(kp, { rid: state.rid, rid0: state.rid0, suite: state.options.suite });
    const member = seat.standing === 'member' ? seat.mid : undefined;
    const input = { rid, expectGeneration, gid, params, founder, connection, member };
    const { fresh, first, turnedAway, ...head } = await this.#store.found(input);
    const { generation } = head;
    const slot = { mid: founder.mid, idx: 0 };
    return {
      seat: memberSeat(rid, connection, generation, slot),
      answer: { ...head, ...slot },
      first,
      news: fresh && member !== undefined ? { generation, turnedAway } : undefined,
    };
  }

  async stage(seat: Seat, request: Extract<ShareSessionKey, { kind: 'stage' }>): Promise<void> {
    const { commitId, wraps, welcomes, groupInfo } = request;
    await this.#store.stage({ ...seatedMember(seat), commitId, wraps, welcomes, groupInfo });
  }

  async commit(seat: Seat, request: Extract<ShareSessionKey, { kind: 'commit' }>): Promise<CommitOutcome> {
    const member = seatedMember(seat);
    const suite = suiteOfCommit(request);
    const { expectEpoch, commitId, frame, rekey, adds, removes, groupInfoParts } = request;
    const rotate = this.#rotationOf(request);
    const change = { expectEpoch, commitId, frame, suite, rekey, adds, removes, groupInfoParts, rotate };
    const committed = await this.#store.commitEpoch({ ...member, generation: seat.generation, ...change });
    const { generation, seq, epoch, fresh } = committed;
    return {
      answer: { generation, seq, epoch },
      news: fresh ? newsOf(seat, request, committed) : undefined,
    };
  }

  async groupInfo(seat: Seat, commitId: Bytes, part: number): Promise<Bytes> {
    const { rid } = seatedMember(seat);
    return this.#store.groupInfo(rid, commitId, part);
  }

  async keepKeyUpdate(seat: Seat, bytes: Bytes): Promise<void> {
    const member = seatedMember(seat);
    const header = readKeyUpdateHeader(bytes);
    if (header === undefined) throw new RoomError('ERR_FORMAT');
    await this.#store.keepKeyUpdate({ ...member, ...header, bytes });
  }

  async keyUpdates(seat: Seat, from: number): Promise<KeyUpdatePage> {
    const { rid, mid } = seatedMember(seat);
    return this.#store.keyUpdates({ rid, mid, from });
  }

  async complain(seat: Seat): Promise<void> {
    await this.#store.complain(seatedMember(seat));
  }

  async send(seat: Seat, request: { cid: Bytes; generation: number; env: Bytes }): Promise<SendOutcome> {
    const member = seatedMember(seat);
    const header = readEnvelopeHeader(request.env);
    if (header === undefined) throw new RoomError('ERR_FORMAT');
    const { suite, epoch, type } = header;
    const ephemeral = type === FrameType.EPHEMERAL;
    const appended = await this.#store.append({ ...member, ...request, suite, epoch, ephemeral });
    const { generation, seq, at, fresh } = appended;
    return {
      answer: { generation, seq, at },
      hint: fresh ? { generation, seq, at, env: request.env } : undefined,
    };
  }

  async sync(seat: Seat, from: Position): Promise<AckBodies['sync_room']> {
    const { rid, mid } = seatedMember(seat);
    const page = await this.#store.read({ rid, mid, from, maxBytes: MAX_SYNC_PAGE_BYTES });
    // Whoever is not ahead of what the store kept goes on in the generation that carries its own on.
    if (page.recovered) seat.generation = page.head.generation;
    return page;
  }

  async leave(seat: Seat): Promise<Leaving | undefined> {
    if (seat.standing !== 'member') {
      await this.#store.withdraw(seat.rid, seat.connection);
      return undefined;
    }
    const member = seatedMember(seat);
    const left = await this.#store.leave(member);
    if (left === undefined) return undefined;
    const { idx, turnedAway } = left;
    return { left: { kind: 'left', idx, mid: member.mid }, turnedAway };
  }

  async heartbeat(rid: Bytes, seats: readonly { seat: Seat; acted: boolean }[]): Promise<StoredMember[]> {
    const leases = seats.flatMap(({ seat: { mid, connection }, acted }) =>
      mid === undefined ? [] : [{ mid, connection, acted }],
    );
    return this.#store.heartbeat(rid, leases);
  }

  wraps(
    rid: Bytes,
    epoch: number,
    idxs: readonly number[],
  ): Promise<ReadonlyMap<number, { wrap: Bytes; tag: Bytes }>> {
    return this.#store.wraps(rid, epoch, idxs);
  }

  async info(rid: Bytes): Promise<RoomInfo> {
    const state = await this.#store.state(rid);
    const { maxMembers } = this.#config.limits;
    // Who holds an invite that was replaced learns nothing of what became of the room.
    if (state === undefined || !equal(state.rid, rid)) return unknownRoom(maxMembers);
    const { suite, kdf, iter, maxima } = state.options;
    return {
      exists: true,
      members: state.members,
      capacity: Math.min(maxima.max, maxMembers),
      password: kdf !== 0,
      expiresInMs: state.expiresInMs,
      suite,
      kdf,
      iter,
      ttl_s: maxima.ttl_s,
    };
  }

  async addressKeys(address: string): Promise<AddressKeys> {
    return addressKeysOf(this.#config.pepper, address, await this.#store.addressSalts());
  }

  #rotationOf({ rotate }: Extract<ShareSessionKey, { kind: 'commit' }>): CommitEpoch['rotate'] {
    if (rotate === undefined) return undefined;
    const { rid, gate } = rotate;
    return { rid, gateVerifier: gateVerifier(this.#config.pepper, rid, gate) };
  }
}

const unknownRoom = (maxMembers: number): RoomInfo => ({
  exists: false,
  members: 0,
  capacity: maxMembers,
  password: false,
  expiresInMs: 0,
  suite: 2,
  kdf: 0,
  iter: 0,
  ttl_s: DEFAULT_MESSAGE_TTL_SECONDS,
});
