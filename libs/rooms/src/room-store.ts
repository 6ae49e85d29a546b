import type {
  AckBodies,
  Bytes,
  Head,
  KeyUpdate,
  Position,
  RemoveReason,
  RoomOptions,
  StagedWelcome,
  StagedWrap,
} from '@bytechat/protocol';

/**
 * The port behind which a room's state lives: verbs of the domain, no words of a database. Every mutation is atomic
 * and idempotent by the caller's id, and time comes from the store, never from a pod's clock.
 *
 * Every method may throw a {@link RoomError}; anything else means that the store is out of reach, and the caller
 * answers ERR_BUSY. `libs/testing` holds the conformance suite that every implementation passes.
 *
 * A room is named by its first rid for its life. Only `create`, `join`, `resume` and `state` take a rid as somebody
 * presents it: the first one, or one of a later invite (PROTOCOL decision 14).
 *
 * What it leaves out: the rules that need no atomicity (who is told what, signatures, gates): see `rooms.ts`.
 */
export interface RoomStore {
  /** Makes the room (generation 0, no group) unless it is there. @throws ERR_ROOM_EXISTS; ERR_RATE at the address's room limit. */
  create(input: CreateRoom): Promise<void>;
  /**
   * Tries the gate verifier in constant time, counting failures (PROTOCOL decision 20), and queues the key package
   * unless the room has no membership left. Only the rid of the present invite is good for it.
   * @throws ERR_ROOM_NOT_FOUND (any other rid), ERR_GATE, ERR_LOCKED, ERR_FULL, ERR_BUSY (waiting list full).
   */
  join(input: JoinRoomInput): Promise<{ state: 'created' | 'pending' }>;
  /**
   * Founds a group: compare-and-set on the generation, first wins. Whoever proved the gate may do it while nobody is in
   * the room, and a member at any time (REINIT, PROTOCOL decision 9): then the old group, its log and all its
   * memberships end. The same founding again: the first answer again.
   * @throws ERR_ROOM_NOT_FOUND, ERR_NOT_MEMBER, ERR_GENERATION (current), ERR_RATE (members).
   */
  found(input: FoundGroup): Promise<Founded>;
  /**
   * Binds a member to a new connection. Answers with the connection it replaces, if that one still lived. The rid of an
   * earlier invite is good for it as long as the commit that replaced it is kept.
   * @throws ERR_ROOM_NOT_FOUND, ERR_NOT_MEMBER.
   */
  resume(input: MemberConnection): Promise<{ idx: number; replaced?: string }>;
  /**
   * Ends a membership. The slot stays until a REMOVE commit; with the last membership the group and its log go. When that
   * was its maker's, and nobody else ever was in, the address has its place back: what is left of the room is small, and
   * bounded by the joins of an address. Whoever founds it again takes the place again.
   */
  leave(input: MemberConnection): Promise<Left | undefined>;
  /** Renews presence and membership of the connections a pod holds; answers with the whole member list. */
  heartbeat(rid: Bytes, leases: readonly Lease[]): Promise<StoredMember[]>;
  /**
   * Counts, checks, orders and keeps one envelope. Refusals in the order of PROTOCOL decision 15: ERR_NOT_MEMBER,
   * ERR_FORMAT (suite), ERR_GENERATION, known id: first answer, ERR_EPOCH_STALE, ERR_DUPLICATE, ERR_RATE.
   */
  append(input: AppendMessage): Promise<Appended>;
  /**
   * Items after `from`, oldest first, at most `maxBytes` of them (one at least). Expired bytes come as their hash;
   * `recovered: false` when one is gone altogether, or `from` is of a generation that this one doesn't carry on, or lies
   * behind what was carried on (PROTOCOL decision 10). @throws ERR_NOT_MEMBER.
   */
  read(input: ReadLog): Promise<LogPage>;
  head(rid: Bytes): Promise<Head | undefined>;
  /** Keeps parts of a commit for 30 s. Repeating a part is harmless. @throws ERR_NOT_MEMBER, ERR_TOO_LARGE. */
  stage(input: StageParts): Promise<void>;
  /**
   * The only way an epoch moves: compare-and-set with everything staged, or nothing happens.
   * With `rotate` the room has another rid and gate from then on; who waited or might have founded by the old ones no
   * longer does.
   * The same commit id again: the first answer again.
   * Refusals, in this order: ERR_ROOM_EXISTS (the new rid leads to a room), ERR_NOT_MEMBER, ERR_FORMAT (suite), ERR_GENERATION, known id: first answer,
   * ERR_EPOCH_STALE (current), ERR_FORMAT (a rid the room has had, own or premature removal, taken slot, member added twice),
   * ERR_STAGE_EXPIRED (a newcomer no longer waits), ERR_FULL, ERR_STAGE_EXPIRED (nothing staged), ERR_WRAPS_INCOMPLETE,
   * ERR_RATE.
   */
  commitEpoch(input: CommitEpoch): Promise<Committed>;
  /** The wraps of the commit that led to `epoch`, for the given slots; one without a wrap is missing from the answer. */
  wraps(
    rid: Bytes,
    epoch: number,
    idxs: readonly number[],
  ): Promise<ReadonlyMap<number, { wrap: Bytes; tag: Bytes }>>;
  /**
   * Keeps a member's key update in place of its last one, until the member is removed. The same bytes again are harmless.
   * Refusals, in this order: ERR_NOT_MEMBER, ERR_FORMAT (another suite, group or slot), ERR_DUPLICATE (not newer than
   * the one that is kept), ERR_RATE.
   */
  keepKeyUpdate(input: KeepKeyUpdate): Promise<void>;
  /** Key updates from slot `from` on, in ascending slots, a page at a time. @throws ERR_NOT_MEMBER. */
  keyUpdates(input: { rid: Bytes; mid: Bytes; from: number }): Promise<KeyUpdatePage>;
  /** Counts a complaint about a commit that a member wants relayed; nothing of it is kept. @throws ERR_NOT_MEMBER, ERR_RATE. */
  complain(input: MemberConnection): Promise<void>;
  /** One part of a commit's group info. @throws ERR_STAGE_EXPIRED when it is gone. */
  groupInfo(rid: Bytes, commitId: Bytes, part: number): Promise<Bytes>;
  /** What is known of a room without being in it, by any rid that is good for joining or resuming, or undefined. */
  state(rid: Bytes): Promise<RoomState | undefined>;
  members(rid: Bytes): Promise<StoredMember[]>;
  /** One member by its id: what a resume is verified with. */
  member(rid: Bytes, mid: Bytes): Promise<StoredMember | undefined>;
  pending(rid: Bytes): Promise<PendingNewcomer[]>;
  /** A newcomer's connection gives up waiting, or the right to found. Harmless when there is nothing to give up. */
  withdraw(rid: Bytes, connection: string): Promise<void>;
  /** Takes a token from a bucket shared by all pods. @throws ERR_RATE with retryAfterMs. */
  spend(bucket: Bucket): Promise<void>;
  /** Holds a place for an open connection of an address until `release` or until leases run out. @throws ERR_RATE. */
  holdConnection(addressKeys: AddressKeys, connection: string, limit: number): Promise<void>;
  renewConnections(held: readonly { addressKeys: AddressKeys; connection: string }[]): Promise<void>;
  releaseConnection(addressKeys: AddressKeys, connection: string): Promise<void>;
  /** The salts of today's and yesterday's address keys: shared by all pods, 24 h each, overlapping a day's turn. */
  addressSalts(): Promise<{ current: Bytes; previous: Bytes | undefined }>;
  /** Does what a TTL can't do (memory store, dead leases, room slots). Answers with how much was removed. */
  sweep(): Promise<number>;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * An address under today's key, and under yesterday's while both count (no fresh allowance at midnight). Each is
 * `shard.mac`, as `Rooms.addressKeys` makes them; both have the same shard, so that one step counts both on a cluster.
 */
export interface AddressKeys {
  current: string;
  previous: string | undefined;
}

export interface CreateRoom {
  rid: Bytes;
  gateVerifier: Bytes;
  options: RoomOptions;
  address: AddressKeys;
  /** Who may found the first group: a proof of the gate is bound to the connection. */
  connection: string;
}

export interface JoinRoomInput {
  rid: Bytes;
  gateVerifier: Bytes;
  address: AddressKeys;
  connection: string;
  newcomer: Newcomer;
}

/** Who asks to come in, as the key package's clear fields tell. */
export interface Newcomer {
  kp: Bytes;
  kph: Bytes;
  mid: Bytes;
  sigPub: Bytes;
}

export interface PendingNewcomer extends Newcomer {
  connection: string;
}

export interface FoundGroup {
  rid: Bytes;
  expectGeneration: number;
  gid: Bytes;
  params: Bytes;
  founder: Newcomer;
  connection: string;
  /** The caller's member id when it is a member. */
  member: Bytes | undefined;
}

export interface Founded extends Head {
  /** True when this call founded it. */
  fresh: boolean;
  /** True for the founding of a room that was made, false for one that follows another group. */
  first: boolean;
  /** Connections of newcomers who waited for the group before. */
  turnedAway: string[];
}

export interface Left {
  idx: number;
  /** The group ended with this membership. */
  last: boolean;
  /** Connections of newcomers who waited for the group that has ended. */
  turnedAway: string[];
}

export interface MemberConnection {
  rid: Bytes;
  mid: Bytes;
  connection: string;
}

export interface Lease {
  mid: Bytes;
  connection: string;
  /** An act of a person since the last heartbeat: puts off the session's end (PROTOCOL decision 7). */
  acted: boolean;
}

export interface StoredMember {
  idx: number;
  mid: Bytes;
  kph: Bytes;
  sigPub: Bytes;
  connection: string;
  /** `present`: lease valid. `away`: presence gone, membership lives. `left` / `timeout`: waits for its REMOVE commit. */
  state: 'present' | 'away' | 'left' | 'timeout';
  /** Milliseconds since the last act of a person (PROTOCOL decision 7), by the store's clock. */
  idleMs: number;
}

export interface AppendMessage {
  rid: Bytes;
  generation: number;
  mid: Bytes;
  connection: string;
  cid: Bytes;
  env: Bytes;
  /** As the envelope's clear header tells; another suite than the room's is ERR_FORMAT. */
  suite: number;
  epoch: number;
  /** Ephemeral items (0x21) are numbered and hashed, their bytes are not kept. */
  ephemeral: boolean;
}

export interface Appended extends Position {
  /** Store time, ms since 1970. */
  at: number;
  /** True when this call stored it or is the first to say that it is, false when it repeats an earlier answer. */
  fresh: boolean;
}

export interface ReadLog {
  rid: Bytes;
  mid: Bytes;
  from: Position;
  maxBytes: number;
}

export type LogPage = AckBodies['sync_room'];

export interface KeepKeyUpdate extends MemberConnection {
  /** As the update's clear header tells. */
  suite: number;
  gid: Bytes;
  idx: number;
  kuSeq: number;
  bytes: Bytes;
}

export interface KeyUpdatePage {
  updates: KeyUpdate[];
  more: boolean;
}

export interface StageParts {
  rid: Bytes;
  mid: Bytes;
  connection: string;
  commitId: Bytes;
  wraps: readonly StagedWrap[];
  welcomes: readonly StagedWelcome[];
  groupInfo: { part: number; bytes: Bytes } | undefined;
}

export interface CommitEpoch {
  rid: Bytes;
  mid: Bytes;
  connection: string;
  generation: number;
  expectEpoch: number;
  commitId: Bytes;
  frame: Bytes;
  /** As the frame's clear header tells; another suite than the room's is ERR_FORMAT. */
  suite: number;
  rekey: boolean;
  adds: readonly { kph: Bytes; idx: number }[];
  removes: readonly { idx: number; reason: RemoveReason }[];
  groupInfoParts: number;
  /** The next invite's rid, and the verifier of its gate. */
  rotate: { rid: Bytes; gateVerifier: Bytes } | undefined;
}

export interface Committed extends Head {
  fresh: boolean;
  /** Newcomers that are members now, with what each needs to come in. */
  added: { idx: number; newcomer: PendingNewcomer; wrap: Bytes; tag: Bytes }[];
  removed: StoredMember[];
  /** After a rotation: connections of newcomers who waited by the old invite, in the order they came. */
  turnedAway: string[];
}

export interface RoomState {
  head: Head;
  rid0: Bytes;
  /** The rid of the present invite: the only one that is good for joining. */
  rid: Bytes;
  /** Undefined until a group is founded. */
  gid: Bytes | undefined;
  options: RoomOptions;
  members: number;
  /** Milliseconds an empty room still lives; 0 while somebody is in it. */
  expiresInMs: number;
  /** The store's clock, in ms since 1970. */
  now: number;
}

export interface Bucket {
  kind: 'handshake' | 'join' | 'info';
  address: AddressKeys;
  /** Tokens the bucket holds, and how many come back a minute. */
  burst: number;
  perMinute: number;
}

/** How far the store lets rooms go; the same on every pod. */
export interface StoreLimits {
  maxMessages: number;
  maxMembers: number;
  maxRoomsPerAddress: number;
  /** Token bucket of a member's messages: one comes back every `messageIntervalMs`, `messageBurst` at most. */
  messageIntervalMs: number;
  messageBurst: number;
  /** How long a room without memberships lives, in seconds. */
  emptyRoomSeconds: number;
}
