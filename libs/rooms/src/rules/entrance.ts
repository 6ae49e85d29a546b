import type { Bytes, JoinRoom, RoomJoined, ServerToClient } from '@bytechat/protocol';
import { RoomError } from '../room-error.ts';
import type { RoomState, RoomStore, StoredMember } from '../room-store.ts';
import type { Caller, Entry, Seat } from '../rooms.ts';
import { admittersOf } from './admitters.ts';
import { gateVerifier } from './gate.ts';
import { newcomerOf } from './newcomer.ts';
import { ResumeProofs } from './resume-proof.ts';
import { memberSeat } from './seats.ts';

/** The three ways into a room: make it, ask to be let in, come back. */
export class Entrance {
  readonly #store: RoomStore;
  readonly #pepper: Bytes;
  readonly #proofs = new ResumeProofs();

  constructor(store: RoomStore, pepper: Bytes) {
    this.#store = store;
    this.#pepper = pepper;
  }

  async create(caller: Caller, request: Extract<JoinRoom, { op: 'create' }>): Promise<Entry> {
    const { rid, gate, options } = request;
    const { address, connection } = caller;
    const verifier = gateVerifier(this.#pepper, rid, gate);
    await this.#store.create({ rid, gateVerifier: verifier, options, address, connection });
    return this.#founderEntry(rid, connection);
  }

  async join(caller: Caller, request: Extract<JoinRoom, { op: 'join' }>): Promise<Entry> {
    const { rid, gate, kp } = request;
    const { address, connection } = caller;
    const verifier = gateVerifier(this.#pepper, rid, gate);
    const known = await this.#store.state(rid);
    // An unknown room takes the same steps as a wrong gate: the store refuses both.
    const newcomer = newcomerOf(kp, { rid, rid0: known?.rid0 ?? rid, suite: known?.options.suite });
    const { state } = await this.#store.join({ rid, gateVerifier: verifier, address, connection, newcomer });
    const rid0 = known?.rid0 ?? rid;
    if (state === 'created') return this.#founderEntry(rid0, connection);
    return this.#newcomerEntry(rid0, connection, newcomer.kp);
  }

  async resume(caller: Caller, request: Extract<JoinRoom, { op: 'resume' }>): Promise<Entry> {
    const { rid, mid } = request;
    const { rid0 } = await this.#stateOf(rid);
    const member = await this.#store.member(rid0, mid);
    if (member === undefined) throw new RoomError('ERR_NOT_MEMBER');
    this.#proofs.check(caller.challenge, request, member.sigPub);
    const { idx, replaced } = await this.#bind(caller, { rid, mid });
    const [state, members, pending] = await Promise.all([
      this.#stateOf(rid0),
      this.#store.members(rid0),
      this.#store.pending(rid0),
    ]);
    const seat = memberSeat(rid0, caller.connection, state.head.generation, { mid, idx });
    const joined = joinedOf('active', state, members);
    const waiting = pending.map(({ kp }) => kp);
    return { ...entryOf(seat, joined), waiting, absent: members.flatMap(absenceOf), replaced };
  }

  async #bind(
    caller: Caller,
    member: { rid: Bytes; mid: Bytes },
  ): Promise<{ idx: number; replaced?: string }> {
    try {
      return await this.#store.resume({ ...member, connection: caller.connection });
    } catch (error) {
      if (!(error instanceof RoomError)) this.#proofs.giveBack(caller.challenge);
      throw error;
    }
  }

  async #founderEntry(rid: Bytes, connection: string): Promise<Entry> {
    const state = await this.#stateOf(rid);
    const seat = seatWithoutMembership(rid, connection, 'founder', state);
    return entryOf(seat, joinedOf('created', state, []));
  }

  async #newcomerEntry(rid: Bytes, connection: string, kp: Bytes): Promise<Entry> {
    const [state, members] = await Promise.all([this.#stateOf(rid), this.#store.members(rid)]);
    const seat = seatWithoutMembership(rid, connection, 'newcomer', state);
    const admitters = state.gid === undefined ? [] : admittersOf(state.gid, state.head.epoch, members);
    return { ...entryOf(seat, joinedOf('pending', state, members)), admitters, kp };
  }

  async #stateOf(rid: Bytes): Promise<RoomState> {
    const state = await this.#store.state(rid);
    if (state === undefined) throw new RoomError('ERR_ROOM_NOT_FOUND');
    return state;
  }
}

function seatWithoutMembership(
  rid: Bytes,
  connection: string,
  standing: 'founder' | 'newcomer',
  state: RoomState,
): Seat {
  return { rid, connection, standing, generation: state.head.generation, mid: undefined, idx: undefined };
}

const entryOf = (seat: Seat, joined: RoomJoined): Entry => ({
  seat,
  joined,
  admitters: [],
  kp: undefined,
  waiting: [],
  absent: [],
  replaced: undefined,
});

function absenceOf({ idx, mid, state }: StoredMember): ServerToClient['user_left'][] {
  switch (state) {
    case 'present':
      return [];
    case 'away':
      return [{ kind: 'away', idx, mid }];
    default:
      return [{ kind: 'left', idx, mid, reason: state }];
  }
}

function joinedOf(
  state: RoomJoined['state'],
  { rid0, head, options, now }: RoomState,
  members: readonly StoredMember[],
): RoomJoined {
  return {
    state,
    rid0,
    head,
    members: members.map(({ idx, mid, state: presence }) => ({ idx, mid, present: presence === 'present' })),
    options,
    serverTime: now,
  };
}
