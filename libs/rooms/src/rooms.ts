import type {
  AckBodies,
  Bytes,
  JoinRoom,
  Position,
  RoomInfo,
  RoomJoined,
  ServerToClient,
  ShareSessionKey,
} from '@bytechat/protocol';
import type { AddressKeys, KeyUpdatePage, StoredMember } from './room-store.ts';

/**
 * The rules of a room, between the edge (which parses and relays) and the store (which orders and keeps). A caller is
 * one connection; what it may do follows from the seat it took. Methods throw RoomError for every refusal.
 */
export interface Rooms {
  /** `join_room {op:'create'}`. */
  create(caller: Caller, request: Extract<JoinRoom, { op: 'create' }>): Promise<Entry>;
  /** `join_room {op:'join'}`: never creates. */
  join(caller: Caller, request: Extract<JoinRoom, { op: 'join' }>): Promise<Entry>;
  /** `join_room {op:'resume'}`: the signature covers this connection's one-time challenge. */
  resume(caller: Caller, request: Extract<JoinRoom, { op: 'resume' }>): Promise<Entry>;
  /** Whoever proved the gate of a room that nobody is in, or a member who begins it anew (REINIT). */
  found(seat: Seat, request: Extract<ShareSessionKey, { kind: 'found' }>): Promise<FoundOutcome>;
  stage(seat: Seat, request: Extract<ShareSessionKey, { kind: 'stage' }>): Promise<void>;
  commit(seat: Seat, request: Extract<ShareSessionKey, { kind: 'commit' }>): Promise<CommitOutcome>;
  groupInfo(seat: Seat, commitId: Bytes, part: number): Promise<Bytes>;
  /** `share_session_key {kind:'ku'}`. */
  keepKeyUpdate(seat: Seat, bytes: Bytes): Promise<void>;
  keyUpdates(seat: Seat, from: number): Promise<KeyUpdatePage>;
  /** Lets a member's complaint about a commit (NACK) through, or not: it is for the other members, and not kept. */
  complain(seat: Seat): Promise<void>;
  send(seat: Seat, request: { cid: Bytes; generation: number; env: Bytes }): Promise<SendOutcome>;
  /** Also moves the seat into the generation that carries its own on (PROTOCOL decision 10). */
  sync(seat: Seat, from: Position): Promise<AckBodies['sync_room']>;
  leave(seat: Seat): Promise<Leaving | undefined>;
  /** Renews the leases of one room's local seats and tells who is where. */
  heartbeat(rid: Bytes, seats: readonly { seat: Seat; acted: boolean }[]): Promise<StoredMember[]>;
  /** The wraps of a commit for this pod's own members (hints carry none). */
  wraps(
    rid: Bytes,
    epoch: number,
    idxs: readonly number[],
  ): Promise<ReadonlyMap<number, { wrap: Bytes; tag: Bytes }>>;
  info(rid: Bytes): Promise<RoomInfo>;
  addressKeys(address: string): Promise<AddressKeys>;
}

/** One connection at the edge. */
export interface Caller {
  connection: string;
  address: AddressKeys;
  /**
   * 32 random bytes of this connection, good for one resume: spent by the first proof that is judged, right or wrong.
   * One and the same array for the life of the connection, since it is known by identity.
   */
  challenge: Bytes;
}

/** The place a connection has in a room, named by its first rid. `mid` and `idx` are known once it is a member. */
export interface Seat {
  rid: Bytes;
  connection: string;
  standing: 'founder' | 'newcomer' | 'member';
  generation: number;
  mid: Bytes | undefined;
  idx: number | undefined;
}

export interface Entry {
  seat: Seat;
  joined: RoomJoined;
  /** Connections that shall be told of the newcomer (`user_joined {kind:'pending'}`), lowest rank first. */
  admitters: string[];
  /** The newcomer's key package, for them. */
  kp: Bytes | undefined;
  /** On resume: newcomers already waiting, for the caller. */
  waiting: Bytes[];
  /** On resume: who is away, and who left and is still to be removed, whoever of them the caller has heard of. */
  absent: ServerToClient['user_left'][];
  /** The connection that this one replaces; it is told REPLACED and closed. */
  replaced: string | undefined;
}

export interface SendOutcome {
  answer: AckBodies['send_message'];
  /** What goes to the other members; undefined when the answer repeats an earlier one. */
  hint: ServerToClient['new_message'] | undefined;
}

export interface FoundOutcome {
  seat: Seat;
  answer: AckBodies['share_session_key'];
  /** False when the group follows another one. */
  first: boolean;
  /** After a REINIT: everybody else's membership has ended. Undefined when the answer repeats an earlier one. */
  news: { generation: number; turnedAway: string[] } | undefined;
}

export interface Leaving {
  /** For the other members. */
  left: ServerToClient['user_left'];
  /** Connections that waited for a group that has ended now: they are closed, and ask again. */
  turnedAway: string[];
}

export interface CommitOutcome {
  answer: AckBodies['share_session_key'];
  /** Undefined when the answer repeats an earlier one. */
  news:
    | {
        /** For every member but the committer; a pod adds each member's own wrap. */
        hint: Extract<ServerToClient['session_key_received'], { kind: 'commit' }>;
        rekey: boolean;
        /** Each newcomer's welcome, by connection, and the seat it has now. */
        welcomes: {
          connection: string;
          seat: Seat;
          welcome: Extract<ServerToClient['session_key_received'], { kind: 'welcome' }>;
        }[];
        joined: Extract<ServerToClient['user_joined'], { kind: 'joined' }>[];
        /** Whoever was kicked is told KICKED by the pod that holds the connection, and closed. */
        removed: ServerToClient['user_left'][];
        /** Connections that waited by an invite that has ended: they are closed. */
        turnedAway: string[];
      }
    | undefined;
}
