import type { Bytes, Head, RoomOptions } from '@bytechat/protocol';
import type { Cluster, Redis } from 'ioredis';
import { equal, hex, sha256 } from '../bytes.ts';
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
  PROTOCOL_LIFETIMES,
  PROTOCOL_RATES,
  type StoreLifetimes,
  type StoreSettings,
} from '../store-settings.ts';
import { AddressBook } from './address-book.ts';
import { ANY_META_KEY, roomKeys, roomKeysOfMeta } from './keys.ts';
import {
  packWelcome,
  packWrap,
  readAdditions,
  readItem,
  readMembers,
  readWaiting,
  readWrap,
} from './records.ts';
import { ReplicatedWrites, type Replication } from './replicated-writes.ts';
import { asBytes, asList, asNumber, asPairs, asText, type Reply } from './reply.ts';
import { ScriptRunner, type Argument } from './script-runner.ts';
import { scriptSettings } from './script-settings.ts';
import { readScripts, type ScriptName } from './script-sources.ts';
import { Unanswered } from './unanswered.ts';

export interface RedisStoreSettings extends StoreSettings {
  /** Connected or connecting; closed by its owner, not by the store. */
  client: Redis | Cluster;
  /** Where replicas must have what is acknowledged. */
  replication?: Replication;
  /** Where the scripts lie, when not in `lua/` beside this module (a bundle). */
  luaDirectory?: URL;
}

/** What a change of master must not undo: items of the log, and the group they belong to. */
const DURABLE: ReadonlySet<ScriptName> = new Set(['append', 'commit', 'found']);

/**
 * Rooms in Redis (standalone, Sentinel or Cluster): one script a mutation, one round trip, idempotent. When Redis is
 * out of reach, ioredis's error passes.
 */
export class RedisRoomStore implements RoomStore {
  readonly #client: Redis | Cluster;
  readonly #scripts: ScriptRunner;
  readonly #addresses: AddressBook;
  readonly #limits: StoreLimits;
  readonly #lifetimes: StoreLifetimes;
  readonly #settings: string;
  readonly #unanswered = new Unanswered();

  constructor(settings: RedisStoreSettings) {
    const { client, limits, lifetimes = {}, rates = {}, now, luaDirectory, replication } = settings;
    this.#client = client;
    this.#limits = limits;
    this.#lifetimes = { ...PROTOCOL_LIFETIMES, ...lifetimes };
    this.#scripts = new ScriptRunner(
      client,
      readScripts(luaDirectory),
      now,
      replication && new ReplicatedWrites(replication),
    );
    this.#addresses = new AddressBook(this.#scripts, this.#lifetimes);
    this.#settings = scriptSettings(limits, this.#lifetimes, { ...PROTOCOL_RATES, ...rates });
  }

  async create(input: CreateRoom): Promise<void> {
    const { rid, gateVerifier, options, address, connection } = input;
    const emptyMs = this.#limits.emptyRoomSeconds * 1_000;
    const isNew = await this.#addresses.holdRoom(address, hex(rid), emptyMs, this.#limits.maxRoomsPerAddress);
    const { suite, maxima } = options;
    const { current, previous = '' } = address;
    const facts = [JSON.stringify(options), suite, maxima.ttl_s, maxima.max, current, previous, connection];
    const isFree = (await this.state(rid)) === undefined;
    try {
      await this.#change('create', rid, [gateVerifier, ...facts, rid, isFree ? '1' : '0']);
    } catch (error) {
      if (isNew && error instanceof RoomError) await this.#addresses.releaseRoom(address, hex(rid));
      throw error;
    }
  }

  async join(input: JoinRoomInput): Promise<{ state: 'created' | 'pending' }> {
    const { rid, gateVerifier, connection, address, newcomer } = input;
    const { mid, kph, sigPub, kp } = newcomer;
    const { current, previous = '' } = address;
    const args = [gateVerifier, connection, current, previous, mid, kph, sigPub, kp, rid];
    const [state] = await this.#change('join', await this.#locate(rid), args);
    return { state: asText(state) === 'created' ? 'created' : 'pending' };
  }

  async found(input: FoundGroup): Promise<Founded> {
    const { rid, expectGeneration, gid, params, connection, founder, member = '' } = input;
    const { mid, kph, sigPub } = founder;
    const args = [expectGeneration, gid, params, connection, mid, kph, sigPub, member];
    const [generation, fresh, turnedAway, first] = await this.#change('found', rid, args);
    return {
      ...{ generation: asNumber(generation), seq: 0, epoch: 0, fresh: asNumber(fresh) === 1 },
      first: asNumber(first) === 1,
      turnedAway: readWaiting(turnedAway).map(({ connection: waiting }) => waiting),
    };
  }

  async resume({ rid, mid, connection }: MemberConnection): Promise<{ idx: number; replaced?: string }> {
    const args = [mid, connection, rid];
    const [idx, replaced] = await this.#change('resume', await this.#locate(rid), args);
    const other = asText(replaced);
    return { idx: asNumber(idx), ...(other === '' ? {} : { replaced: other }) };
  }

  async leave(input: MemberConnection): Promise<Left | undefined> {
    const [idx, last, turnedAway] = await this.#change('leave', input.rid, [input.mid, input.connection]);
    if (idx === undefined) return undefined;
    return {
      idx: asNumber(idx),
      last: asNumber(last) === 1,
      turnedAway: readWaiting(turnedAway).map(({ connection: waiting }) => waiting),
    };
  }

  async heartbeat(rid: Bytes, leases: readonly Lease[]): Promise<StoredMember[]> {
    const args = leases.flatMap(({ mid, connection, acted }) => [mid, connection, acted ? '1' : '0']);
    const [members] = await this.#change('heartbeat', rid, args);
    return members === undefined ? [] : readMembers(members, this.#lifetimes);
  }

  async append(input: AppendMessage): Promise<Appended> {
    const { rid, mid, connection, suite, generation, cid, env, epoch, ephemeral } = input;
    const facts = [mid, connection, suite, generation, cid, env, sha256(env), epoch, ephemeral ? '1' : '0'];
    const id = hex(mid) + hex(cid);
    const [current, seq, at, fresh] = await this.#run('append', rid, facts).catch((error: unknown) => {
      if (mayBeStored(error)) this.#unanswered.add(id);
      throw error;
    });
    const isNews = this.#unanswered.take(id) || asNumber(fresh) === 1;
    return { generation: asNumber(current), seq: asNumber(seq), at: asNumber(at), fresh: isNews };
  }

  async read({ rid, mid, from, maxBytes }: ReadLog): Promise<LogPage> {
    const args = [mid, from.generation, from.seq, maxBytes];
    const [generation, seq, epoch, recovered, more, items, base] = await this.#run('read', rid, args);
    const head = { generation: asNumber(generation), seq: asNumber(seq), epoch: asNumber(epoch) };
    if (asNumber(recovered) === 0) return { recovered: false, head };
    const page = { items: asList(items).map(readItem), more: asNumber(more) === 1 };
    if (from.generation === head.generation) return { recovered: true, head, ...page };
    return {
      ...{ recovered: true, head, ...page },
      base: { generation: from.generation, seq: asNumber(base) },
    };
  }

  async head(rid: Bytes): Promise<Head | undefined> {
    return (await this.#stateOf(rid, rid))?.head;
  }

  async stage(input: StageParts): Promise<void> {
    const { rid, mid, connection, commitId, wraps, welcomes, groupInfo } = input;
    const parts: Argument[] = [];
    for (const wrap of wraps) parts.push(`w${wrap.idx}`, packWrap(wrap));
    for (const welcome of welcomes) {
      parts.push(Buffer.concat([Buffer.from('a'), welcome.kph]), packWelcome(welcome));
    }
    if (groupInfo !== undefined) parts.push(`g${groupInfo.part}`, groupInfo.bytes);
    await this.#run('stage', rid, [mid, connection, commitId, ...parts]);
  }

  async commitEpoch(input: CommitEpoch): Promise<Committed> {
    const { rid, mid, connection, suite, generation, expectEpoch, commitId, frame } = input;
    const { rekey, groupInfoParts, adds, removes, rotate } = input;
    if (rotate !== undefined) await this.#run('alias', rotate.rid, [rid, '']);
    const answer = await this.#change('commit', rid, [
      ...[mid, connection, suite, generation, expectEpoch, commitId, frame, rekey ? '1' : '0'],
      ...[groupInfoParts, adds.length, rotate?.rid ?? '', rotate?.gateVerifier ?? ''],
      ...adds.flatMap(({ kph, idx }) => [kph, idx]),
      ...removes.flatMap(({ idx, reason }) => [idx, reason]),
    ]);
    const [current, seq, epoch, fresh, added, removed, turnedAway] = answer;
    return {
      generation: asNumber(current),
      seq: asNumber(seq),
      epoch: asNumber(epoch),
      fresh: asNumber(fresh) === 1,
      added: readAdditions(added),
      removed: inOrderOf(removes, readMembers(removed, this.#lifetimes)),
      turnedAway: readWaiting(turnedAway).map(({ connection: waiting }) => waiting),
    };
  }

  async wraps(
    rid: Bytes,
    epoch: number,
    idxs: readonly number[],
  ): Promise<ReadonlyMap<number, { wrap: Bytes; tag: Bytes }>> {
    const [replies] = await this.#run('wraps', rid, [epoch, ...idxs]);
    const wraps = new Map<number, { wrap: Bytes; tag: Bytes }>();
    for (const [position, reply] of asList(replies).entries()) {
      const idx = idxs[position];
      if (idx !== undefined && reply !== null) wraps.set(idx, readWrap(reply));
    }
    return wraps;
  }

  async keepKeyUpdate(input: KeepKeyUpdate): Promise<void> {
    const { rid, mid, connection, suite, gid, idx, kuSeq, bytes } = input;
    await this.#run('key_update', rid, [mid, connection, suite, gid, idx, kuSeq, bytes]);
  }

  async keyUpdates(input: { rid: Bytes; mid: Bytes; from: number }): Promise<KeyUpdatePage> {
    const [page, more] = await this.#run('key_updates', input.rid, [input.mid, input.from]);
    const updates = asPairs(page).map(([idx, bytes]) => ({ idx: asNumber(idx), bytes: asBytes(bytes) }));
    return { updates, more: asNumber(more) === 1 };
  }

  async complain({ rid, mid, connection }: MemberConnection): Promise<void> {
    await this.#run('complain', rid, [mid, connection]);
  }

  async groupInfo(rid: Bytes, commitId: Bytes, part: number): Promise<Bytes> {
    const [bytes] = await this.#run('group_info', rid, [commitId, part]);
    return asBytes(bytes);
  }

  async state(rid: Bytes): Promise<RoomState | undefined> {
    return this.#stateOf(await this.#locate(rid), rid);
  }

  async #stateOf(rid0: Bytes, presented: Bytes): Promise<RoomState | undefined> {
    const reply = await this.#run('state', rid0, [presented, rid0]);
    const [now, generation, seq, epoch, gid, options, members, expiresInMs, rid] = reply;
    if (now === undefined) return undefined;
    const group = asBytes(gid);
    return {
      head: { generation: asNumber(generation), seq: asNumber(seq), epoch: asNumber(epoch) },
      rid0,
      rid: asBytes(rid),
      gid: group.length === 0 ? undefined : group,
      options: JSON.parse(asText(options)) as RoomOptions,
      members: asNumber(members),
      expiresInMs: asNumber(expiresInMs),
      now: asNumber(now),
    };
  }

  async members(rid: Bytes): Promise<StoredMember[]> {
    const [members] = await this.#run('members', rid, ['']);
    return readMembers(members, this.#lifetimes);
  }

  async member(rid: Bytes, mid: Bytes): Promise<StoredMember | undefined> {
    const [members] = await this.#run('members', rid, [mid]);
    return readMembers(members, this.#lifetimes)[0];
  }

  async pending(rid: Bytes): Promise<PendingNewcomer[]> {
    const [view] = await this.#run('pending', rid, []);
    return readWaiting(view);
  }

  async withdraw(rid: Bytes, connection: string): Promise<void> {
    await this.#run('withdraw', rid, [connection]);
  }

  spend(bucket: Bucket): Promise<void> {
    return this.#addresses.spend(bucket);
  }

  holdConnection(addressKeys: AddressKeys, connection: string, limit: number): Promise<void> {
    return this.#addresses.holdConnection(addressKeys, connection, limit);
  }

  renewConnections(held: readonly { addressKeys: AddressKeys; connection: string }[]): Promise<void> {
    return this.#addresses.renewConnections(held);
  }

  releaseConnection(addressKeys: AddressKeys, connection: string): Promise<void> {
    return this.#addresses.releaseConnection(addressKeys, connection);
  }

  addressSalts(): Promise<{ current: Bytes; previous: Bytes | undefined }> {
    return this.#addresses.salts();
  }

  /** Trims every room; what a heartbeat does for the rooms that somebody is in. */
  async sweep(): Promise<number> {
    let removed = 0;
    for await (const metaKey of this.#metaKeys()) {
      const args = [this.#settings];
      const [count] = await this.#scripts.run('trim', roomKeysOfMeta(metaKey), args);
      removed += asNumber(count);
    }
    return removed;
  }

  async ping(): Promise<void> {
    await this.#client.ping();
  }

  async close(): Promise<void> {
    return Promise.resolve();
  }

  #run(name: ScriptName, rid: Bytes, args: readonly Argument[]): Promise<readonly Reply[]> {
    const all = [this.#settings, ...args];
    if (DURABLE.has(name)) return this.#scripts.runDurably(name, roomKeys(rid), all);
    return this.#scripts.run(name, roomKeys(rid), all);
  }

  /**
   * A script that moves the room's end: its answer begins with that and what the room has on other slots, where it is
   * held on to for as long: its place at an address unless nobody has used it, and the rid that leads to it.
   */
  async #change(name: ScriptName, rid0: Bytes, args: readonly Argument[]): Promise<readonly Reply[]> {
    const [ends, elsewhere, ...answer] = await this.#run(name, rid0, args);
    if (ends === undefined) return answer;
    const [current, previous, rid, unused] = asList(elsewhere).map(asBytes);
    const keys = { current: textOf(current), previous: textOf(previous) || undefined };
    const isRotated = rid !== undefined && !equal(rid, rid0);
    await Promise.all([
      textOf(unused) === '1'
        ? this.#addresses.releaseRoom(keys, hex(rid0))
        : this.#addresses.renewRoom(keys, hex(rid0), asNumber(ends)),
      isRotated ? this.#run('alias', rid, [rid0, asNumber(ends)]) : undefined,
    ]);
    return answer;
  }

  /** The first rid of the room that a rid leads to, or the rid itself. */
  async #locate(rid: Bytes): Promise<Bytes> {
    const [rid0] = await this.#run('locate', rid, []);
    const found = asBytes(rid0);
    return found.length === 0 ? rid : found;
  }

  async *#metaKeys(): AsyncGenerator<string> {
    const nodes = 'nodes' in this.#client ? this.#client.nodes('master') : [this.#client];
    for (const node of nodes) {
      for await (const keys of node.scanStream({ match: ANY_META_KEY, count: 500 })) yield* keys as string[];
    }
  }
}

/** Not when it was refused; when replicas were late, or no answer came, nobody knows. */
const mayBeStored = (error: unknown): boolean =>
  !(error instanceof RoomError) || error.code === 'ERR_INDETERMINATE';

/** As the caller named them. */
function inOrderOf(removes: CommitEpoch['removes'], members: readonly StoredMember[]): StoredMember[] {
  const byIdx = new Map(members.map((member) => [member.idx, member]));
  return removes.flatMap(({ idx }) => byIdx.get(idx) ?? []);
}

const textOf = (bytes: Bytes = new Uint8Array()): string => Buffer.from(bytes).toString();
