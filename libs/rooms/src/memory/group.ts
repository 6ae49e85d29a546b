import type { Bytes } from '@bytechat/protocol';
import { RoomBlobs } from '../blobs/memory/room-blobs.ts';
import { copyOf, equal, hex, sha256 } from '../bytes.ts';
import { RoomError } from '../room-error.ts';
import type {
  AppendMessage,
  Appended,
  FoundGroup,
  KeepKeyUpdate,
  MemberConnection,
  StageParts,
  StoreLimits,
} from '../room-store.ts';
import { dedupeMsOf, type MemberRates, type StoreLifetimes } from '../store-settings.ts';
import { Answers } from './answers.ts';
import { ItemLog } from './item-log.ts';
import { MemberTable, type Member } from './member-table.ts';
import { KeyUpdates } from './key-updates.ts';
import { MemberBuckets } from './member-buckets.ts';
import { Stage } from './stage.ts';
import { WaitingList } from './waiting-list.ts';

export interface GroupSettings {
  suite: number;
  ttlSeconds: number;
  limits: StoreLimits;
  lifetimes: StoreLifetimes;
  rates: MemberRates;
}

/** One generation of a room: everything that goes when its last membership ends. */
export class Group {
  readonly gid: Bytes;
  readonly params: Bytes;
  /** The generation it was founded as. */
  readonly founded: number;
  /** The generation it goes on as. */
  generation: number;
  readonly members: MemberTable;
  readonly waiting = new WaitingList();
  readonly log: ItemLog;
  /** Staged parts by the member who staged them: a member has one commit in the making. */
  readonly stages = new Map<string, Stage>();
  readonly commits: Answers<{ seq: number; epoch: number }>;
  /** What was staged for the commit that led to an epoch. */
  readonly committed: Answers<Stage>;
  readonly keyUpdates = new KeyUpdates();
  readonly blobs = new RoomBlobs();
  readonly buckets: MemberBuckets;
  epoch = 0;
  readonly #messages: Answers<{ seq: number; at: number }>;
  readonly #envelopes: Answers<true>;
  readonly #settings: GroupSettings;

  constructor(input: FoundGroup, generation: number, settings: GroupSettings, now: number) {
    const { limits, lifetimes, ttlSeconds } = settings;
    const dedupeMs = dedupeMsOf(ttlSeconds, lifetimes);
    this.gid = copyOf(input.gid);
    this.params = copyOf(input.params);
    this.founded = generation;
    this.generation = generation;
    this.members = new MemberTable(lifetimes);
    this.members.add(input.founder, 0, input.connection, now);
    this.log = new ItemLog(limits.maxMessages, { messageMs: ttlSeconds * 1_000, keepMs: lifetimes.keepMs });
    this.commits = new Answers(lifetimes.keepMs);
    this.committed = new Answers(lifetimes.keepMs);
    this.#messages = new Answers(dedupeMs);
    this.#envelopes = new Answers(dedupeMs);
    this.buckets = new MemberBuckets({
      ...settings.rates,
      message: { burst: limits.messageBurst, intervalMs: limits.messageIntervalMs },
    });
    this.#settings = settings;
  }

  /** PROTOCOL decision 15, in its order. */
  append(input: AppendMessage, now: number): Appended {
    const member = this.speakerOf(input, now);
    const id = hex(input.mid) + hex(input.cid);
    const first = this.#messages.get(id, now);
    if (first !== undefined) return { generation: this.generation, ...first, fresh: false };
    if (input.epoch !== this.epoch) throw new RoomError('ERR_EPOCH_STALE', { current: this.epoch });
    const hash = sha256(input.env);
    if (this.#envelopes.get(hex(hash), now) === true) throw new RoomError('ERR_DUPLICATE');
    this.buckets.spend(member.mid, input.ephemeral ? 'ephemeral' : 'message', now);
    const seq = this.log.addMessage(now, hash, input.ephemeral ? undefined : copyOf(input.env));
    if (!input.ephemeral) member.actedAt = now;
    this.#messages.set(id, { seq, at: now }, now);
    this.#envelopes.set(hex(hash), true, now);
    this.trim(now);
    return { generation: this.generation, seq, at: now, fresh: true };
  }

  keepKeyUpdate(input: KeepKeyUpdate, now: number): void {
    const member = this.#speaking(input, now);
    const isMatching =
      input.suite === this.#settings.suite && equal(input.gid, this.gid) && input.idx === member.idx;
    if (!isMatching) throw new RoomError('ERR_FORMAT');
    if (this.keyUpdates.isKept(input)) return;
    if (!this.keyUpdates.isNewer(input)) throw new RoomError('ERR_DUPLICATE');
    this.buckets.spend(member.mid, 'keyUpdate', now);
    this.keyUpdates.keep(input);
  }

  /** How long a message lives. */
  get messageMs(): number {
    return this.#settings.ttlSeconds * 1_000;
  }

  complain(input: MemberConnection, now: number): void {
    this.buckets.spend(this.#speaking(input, now).mid, 'complaint', now);
  }

  stage(parts: StageParts, now: number): void {
    this.#speaking(parts, now);
    const stage = this.stageOf(parts.mid, parts.commitId, now) ?? new Stage(parts.commitId);
    stage.add(parts, now + this.#settings.lifetimes.stageMs);
    this.stages.set(hex(parts.mid), stage);
  }

  stageOf(mid: Bytes, commitId: Bytes, now: number): Stage | undefined {
    const stage = this.stages.get(hex(mid));
    return stage !== undefined && stage.until > now && hex(stage.commitId) === hex(commitId)
      ? stage
      : undefined;
  }

  /** Who speaks, for the group that stands. @throws ERR_NOT_MEMBER, ERR_FORMAT, ERR_GENERATION. */
  speakerOf(
    input: { mid: Bytes; connection: string; suite: number; generation: number },
    now: number,
  ): Member {
    const member = this.#speaking(input, now);
    if (input.suite !== this.#settings.suite) throw new RoomError('ERR_FORMAT');
    if (input.generation !== this.generation) {
      throw new RoomError('ERR_GENERATION', { current: this.generation });
    }
    return member;
  }

  forgetMember({ idx, mid }: { idx: number; mid: Bytes }): void {
    this.members.remove(mid);
    this.stages.delete(hex(mid));
    this.keyUpdates.delete(idx);
    this.buckets.delete(mid);
  }

  /** Removes what has expired. @returns how much it was. */
  trim(now: number): number {
    return (
      this.log.trim(now) +
      this.blobs.trim(now) +
      this.commits.trim(now) +
      this.committed.trim(now) +
      this.#messages.trim(now) +
      this.#envelopes.trim(now)
    );
  }

  #speaking({ mid, connection }: { mid: Bytes; connection: string }, now: number): Member {
    const member = this.members.speaking(mid, connection, now);
    if (member === undefined) throw new RoomError('ERR_NOT_MEMBER');
    return member;
  }
}
