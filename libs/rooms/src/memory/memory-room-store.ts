import { randomBytes } from 'node:crypto';
import type { Bytes, Head } from '@bytechat/protocol';
import { keysOf } from '../address.ts';
import type { RoomBlobs } from '../blobs/memory/room-blobs.ts';
import { copyOf, equal, hex } from '../bytes.ts';
import { RoomError } from '../room-error.ts';
import type {
  AddressKeys,
  AppendMessage,
  Appended,
  Bucket,
  CommitEpoch,
  Committed,
  CreateRoom,
  Founded,
  FoundGroup,
  JoinRoomInput,
  KeepKeyUpdate,
  KeyUpdatePage,
  Lease,
  Left,
  LogPage,
  MemberConnection,
  PendingNewcomer,
  ReadLog,
  RoomState,
  RoomStore,
  StageParts,
  StoredMember,
  StoreLimits,
} from '../room-store.ts';
import {
  bucketIntervalMs,
  PROTOCOL_LIFETIMES,
  PROTOCOL_RATES,
  type MemberRates,
  type StoreLifetimes,
  type StoreSettings,
} from '../store-settings.ts';
import { Aliases } from './aliases.ts';
import { commitEpoch } from './commit-epoch.ts';
import type { Group } from './group.ts';
import { Leases } from './leases.ts';
import { Room } from './room.ts';
import type { Wrap } from './stage.ts';
import { takeToken } from './token-bucket.ts';

/**
 * The embedded store: one process, nothing on disk, gone with the process. It starts no timer; what has expired is
 * never served, and `sweep` frees its memory.
 */
export class MemoryRoomStore implements RoomStore {
  readonly #rooms = new Map<string, Room>();
  readonly #aliases = new Aliases();
  readonly #roomSlots = new Leases();
  readonly #connections = new Leases();
  readonly #buckets = new Map<string, number>();
  readonly #limits: StoreLimits;
  readonly #lifetimes: StoreLifetimes;
  readonly #rates: MemberRates;
  readonly #now: () => number;
  #master = 0;
  #salts: { current: Bytes; previous: Bytes | undefined; period: number } | undefined;

  constructor({ limits, lifetimes = {}, rates = {}, now = Date.now }: StoreSettings) {
    this.#limits = limits;
    this.#lifetimes = { ...PROTOCOL_LIFETIMES, ...lifetimes };
    this.#rates = { ...PROTOCOL_RATES, ...rates };
    this.#now = now;
  }

  /** How many rooms and addresses are in memory, expired ones included until the next sweep. */
  get size(): number {
    return (
      this.#rooms.size +
      this.#aliases.size +
      this.#roomSlots.size +
      this.#connections.size +
      this.#buckets.size
    );
  }

  /** As if another process had taken over with all that this one holds: what a restart of Redis is to its rooms. */
  changeMaster(): void {
    this.#master += 1;
  }

  /** The group that a member's connection may speak in. @throws ERR_NOT_MEMBER. */
  groupOfSpeaker({ rid, mid, connection }: MemberConnection): Group {
    const group = this.#group(rid);
    if (group.members.speaking(mid, connection, this.#now()) === undefined)
      throw new RoomError('ERR_NOT_MEMBER');
    return group;
  }

  /** What the files of all rooms take, in bytes and in chunks. */
  blobBytes(): number {
    return this.#sumOfBlobs((blobs, now) => blobs.usage(now).bytes);
  }

  blobChunks(): number {
    return this.#sumOfBlobs((blobs) => blobs.chunks);
  }

  async create(input: CreateRoom): Promise<void> {
    const now = this.#now();
    const until = now + this.#limits.emptyRoomSeconds * 1_000;
    const holder = hex(input.rid);
    const isNew = this.#roomSlots.hold(input.address, holder, until, this.#limits.maxRoomsPerAddress, now);
    const existing = this.#answering(input.rid, now);
    if (existing !== undefined) {
      if (isNew) this.#roomSlots.release(input.address, holder);
      if (existing.isRepeated(input)) return;
      throw new RoomError('ERR_ROOM_EXISTS');
    }
    const settings = { limits: this.#limits, lifetimes: this.#lifetimes, rates: this.#rates };
    const room = new Room(input, settings, this.#master, now);
    this.#rooms.set(holder, room);
    this.#keepSlot(room);
  }

  async join(input: JoinRoomInput): Promise<{ state: 'created' | 'pending' }> {
    const room = this.#presented(input.rid);
    const state = room.join(input, this.#now());
    this.#keepSlot(room);
    return { state };
  }

  async found(input: FoundGroup): Promise<Founded> {
    const room = this.#get(input.rid);
    const founded = room.found(input, this.#now());
    this.#keepSlot(room);
    return founded;
  }

  async resume(input: MemberConnection): Promise<{ idx: number; replaced?: string }> {
    const room = this.#presented(input.rid);
    const answer = room.resume(input, this.#now());
    this.#keepSlot(room);
    return answer;
  }

  async leave(input: MemberConnection): Promise<Left | undefined> {
    const room = this.#find(input.rid, this.#now());
    const answer = room?.leave(input, this.#now());
    if (room !== undefined) this.#keepSlot(room);
    return answer;
  }

  async heartbeat(rid: Bytes, leases: readonly Lease[]): Promise<StoredMember[]> {
    const room = this.#find(rid, this.#now());
    const members = room?.heartbeat(leases, this.#now()) ?? [];
    if (room !== undefined) this.#keepSlot(room);
    return members;
  }

  async append(input: AppendMessage): Promise<Appended> {
    return this.#group(input.rid).append(input, this.#now());
  }

  async read({ rid, mid, from, maxBytes }: ReadLog): Promise<LogPage> {
    const now = this.#now();
    const group = this.#group(rid);
    const member = group.members.living(mid, now);
    if (member === undefined) throw new RoomError('ERR_NOT_MEMBER');
    const head = { generation: group.generation, seq: group.log.seq, epoch: group.epoch };
    const shared = this.#get(rid).baseOf(from.generation, now);
    if (shared === undefined || from.seq > shared) return { recovered: false, head };
    const wrapOf = (epoch: number): Wrap | undefined =>
      group.committed.get(String(epoch), now)?.wraps.get(member.idx);
    const page = group.log.page(from.seq, maxBytes, now, wrapOf);
    if (page === undefined) return { recovered: false, head };
    if (from.generation === head.generation) return { recovered: true, head, ...page };
    return { recovered: true, head, ...page, base: { generation: from.generation, seq: shared } };
  }

  async head(rid: Bytes): Promise<Head | undefined> {
    return this.#find(rid, this.#now())?.head(this.#now());
  }

  async stage(input: StageParts): Promise<void> {
    this.#group(input.rid).stage(input, this.#now());
  }

  async commitEpoch(input: CommitEpoch): Promise<Committed> {
    const now = this.#now();
    if (input.rotate !== undefined) this.#claimAlias(input.rotate.rid, input.rid, now);
    const group = this.#group(input.rid);
    const room = this.#get(input.rid);
    const answer = commitEpoch(room, group, input, now);
    this.#keepSlot(room);
    return answer;
  }

  async wraps(rid: Bytes, epoch: number, idxs: readonly number[]): Promise<ReadonlyMap<number, Wrap>> {
    const now = this.#now();
    const staged = this.#find(rid, now)?.group(now)?.committed.get(String(epoch), now)?.wraps;
    const found = idxs.map((idx) => [idx, staged?.get(idx)] as const);
    return new Map(found.filter((entry): entry is readonly [number, Wrap] => entry[1] !== undefined));
  }

  async keepKeyUpdate(input: KeepKeyUpdate): Promise<void> {
    this.#group(input.rid).keepKeyUpdate(input, this.#now());
  }

  async keyUpdates(input: { rid: Bytes; mid: Bytes; from: number }): Promise<KeyUpdatePage> {
    const group = this.#group(input.rid);
    if (group.members.living(input.mid, this.#now()) === undefined) throw new RoomError('ERR_NOT_MEMBER');
    return group.keyUpdates.page(input.from);
  }

  async complain(input: MemberConnection): Promise<void> {
    this.#group(input.rid).complain(input, this.#now());
  }

  async groupInfo(rid: Bytes, commitId: Bytes, part: number): Promise<Bytes> {
    const now = this.#now();
    const group = this.#find(rid, now)?.group(now);
    const commit = group?.commits.get(hex(commitId), now);
    const bytes = group?.committed.get(String(commit?.epoch), now)?.groupInfo.get(part);
    if (bytes === undefined) throw new RoomError('ERR_STAGE_EXPIRED');
    return bytes;
  }

  async state(rid: Bytes): Promise<RoomState | undefined> {
    return this.#answering(rid, this.#now())?.state(this.#now());
  }

  async members(rid: Bytes): Promise<StoredMember[]> {
    return this.#find(rid, this.#now())?.members(this.#now()) ?? [];
  }

  async member(rid: Bytes, mid: Bytes): Promise<StoredMember | undefined> {
    const now = this.#now();
    const table = this.#find(rid, now)?.group(now)?.members;
    const member = table?.get(mid);
    return table === undefined || member === undefined ? undefined : table.view(member, now);
  }

  async pending(rid: Bytes): Promise<PendingNewcomer[]> {
    const now = this.#now();
    return this.#find(rid, now)?.group(now)?.waiting.list(now) ?? [];
  }

  async withdraw(rid: Bytes, connection: string): Promise<void> {
    this.#find(rid, this.#now())?.withdraw(connection);
  }

  async spend({ kind, address, burst, perMinute }: Bucket): Promise<void> {
    const keys = keysOf(address).map((key) => `${kind}:${key}`);
    const fullAt = Math.max(...keys.map((key) => this.#buckets.get(key) ?? 0));
    const next = takeToken(fullAt, this.#now(), burst, bucketIntervalMs(perMinute));
    for (const key of keys) this.#buckets.set(key, next);
  }

  async holdConnection(addressKeys: AddressKeys, connection: string, limit: number): Promise<void> {
    const now = this.#now();
    this.#connections.hold(addressKeys, connection, now + this.#lifetimes.connectionMs, limit, now);
  }

  async renewConnections(held: readonly { addressKeys: AddressKeys; connection: string }[]): Promise<void> {
    const until = this.#now() + this.#lifetimes.connectionMs;
    for (const { addressKeys, connection } of held) this.#connections.renew(addressKeys, connection, until);
  }

  async releaseConnection(addressKeys: AddressKeys, connection: string): Promise<void> {
    this.#connections.release(addressKeys, connection);
  }

  async addressSalts(): Promise<{ current: Bytes; previous: Bytes | undefined }> {
    const period = Math.floor(this.#now() / this.#lifetimes.saltMs);
    const last = this.#salts;
    if (last?.period !== period) {
      const previous = last?.period === period - 1 ? last.current : undefined;
      this.#salts = { current: copyOf(randomBytes(32)), previous, period };
    }
    const { current, previous } = this.#salts!;
    return { current, previous };
  }

  async sweep(): Promise<number> {
    const now = this.#now();
    let removed = this.#roomSlots.sweep(now) + this.#connections.sweep(now) + this.#aliases.sweep(now);
    for (const [rid, room] of this.#rooms) {
      room.carryOn(this.#master, now);
      removed += room.group(now)?.trim(now) ?? 0;
      if (room.livesUntil() <= now && this.#rooms.delete(rid)) removed += 1;
    }
    for (const [key, fullAt] of this.#buckets) {
      if (fullAt <= now && this.#buckets.delete(key)) removed += 1;
    }
    return removed;
  }

  async ping(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#rooms.clear();
    this.#aliases.clear();
    this.#buckets.clear();
    return Promise.resolve();
  }

  #sumOfBlobs(count: (blobs: RoomBlobs, now: number) => number): number {
    const now = this.#now();
    const groups = [...this.#rooms.values()].map((room) => room.group(now));
    return groups.reduce((sum, group) => sum + (group === undefined ? 0 : count(group.blobs, now)), 0);
  }

  #find(rid: Bytes, now: number): Room | undefined {
    const room = this.#rooms.get(hex(rid));
    if (room !== undefined && room.livesUntil() > now) {
      room.carryOn(this.#master, now);
      return room;
    }
    this.#rooms.delete(hex(rid));
    return undefined;
  }

  #get(rid: Bytes): Room {
    const room = this.#find(rid, this.#now());
    if (room === undefined) throw new RoomError('ERR_ROOM_NOT_FOUND');
    return room;
  }

  /** The room that a rid leads to, whether it is good for anything there or not. */
  #leading(rid: Bytes, now: number): Room | undefined {
    return this.#find(rid, now) ?? this.#find(this.#aliases.get(rid, now) ?? rid, now);
  }

  #presented(rid: Bytes): Room {
    const room = this.#leading(rid, this.#now());
    if (room === undefined) throw new RoomError('ERR_ROOM_NOT_FOUND');
    return room;
  }

  /** A room answers to its first rid always, and to later ones while they are good for something. */
  #answering(rid: Bytes, now: number): Room | undefined {
    const room = this.#leading(rid, now);
    return room !== undefined && (equal(room.rid, rid) || room.rids.isKnown(rid, now)) ? room : undefined;
  }

  /** The new rid leads here before the epoch moves; when it doesn't move, that ends by itself. */
  #claimAlias(rid: Bytes, rid0: Bytes, now: number): void {
    const isElsewhere = !equal(this.#aliases.get(rid, now) ?? rid0, rid0);
    if (isElsewhere || this.#find(rid, now) !== undefined) throw new RoomError('ERR_ROOM_EXISTS');
    this.#aliases.keep(rid, rid0, now + this.#lifetimes.stageMs);
  }

  /** What only members may ask of; without a group nobody is one. */
  #group(rid: Bytes): Group {
    const now = this.#now();
    const group = this.#find(rid, now)?.group(now);
    if (group === undefined) throw new RoomError('ERR_NOT_MEMBER');
    return group;
  }

  /** The room counts for its creator's address for as long as it lives, unless nobody has used it, and its present rid leads to it. */
  #keepSlot(room: Room): void {
    const { current } = room.rids;
    if (!equal(current, room.rid)) this.#aliases.keep(current, room.rid, room.livesUntil());
    if (room.isUnused) this.#roomSlots.release(room.address, hex(room.rid));
    else this.#roomSlots.renew(room.address, hex(room.rid), room.livesUntil());
  }
}
