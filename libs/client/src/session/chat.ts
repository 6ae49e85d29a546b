import { CONTENT_TYPES, type Bytes, type CommitEffect, type Opened } from '@bytechat/crypto';
import type { ChatMessage, RoomEvent } from '../api.ts';
import type { Clock } from '../clock.ts';
import { ClientError } from '../errors.ts';
import { toHex } from '../hex.ts';
import type { Random } from '../random.ts';
import type { ServerTime } from '../server-time.ts';
import { decodeText, encodeText } from '../text.ts';
import type { ActiveRoom, RoomHost } from './active-room.ts';
import { Delivery } from './delivery.ts';
import { Freshness } from './freshness.ts';
import { Heartbeat } from './heartbeat.ts';
import { Conversation } from './conversation.ts';
import { NameBearers } from './name-bearers.ts';
import { Profile } from './profile.ts';
import { RosterView } from './roster-view.ts';
import { SecurityView } from './security-view.ts';
import { SendQueue } from './send-queue.ts';

type ChatSink = Pick<
  RoomHost,
  | 'isPresent'
  | 'isOwn'
  | 'ownArrived'
  | 'opened'
  | 'past'
  | 'proved'
  | 'unreadable'
  | 'forked'
  | 'replayed'
  | 'missing'
>;

const LINE_OF = { left: 'left', timeout: 'timeout', kick: 'kicked' } as const;

/** What members say and what is seen of it. Outlives the groups it goes through. */
export class Chat {
  readonly roster: RosterView;
  readonly conversation: Conversation;
  readonly security: SecurityView;
  readonly #queue: SendQueue;
  readonly #profile: Profile;
  readonly #clock: Clock;
  readonly #time: ServerTime;
  readonly #emit: (event: RoomEvent) => void;
  /** The name a person chose. */
  readonly #name: string | undefined;
  readonly #bearers = new NameBearers();
  /** Where our own messages of this stay stand: a new member reads them as another's otherwise. */
  readonly #ownPlaces = new Set<string>();
  #room: ActiveRoom | undefined;
  #ttlSeconds = 0;
  /** Who was found to have seen another sequence, and whether the person sends all the same. */
  readonly #forkers = new Map<string, 'alarming' | 'overridden'>();
  readonly #delivery = new Delivery();
  readonly #heartbeat: Heartbeat;
  readonly #freshness: Freshness;

  constructor(deps: {
    clock: Clock;
    random: Random;
    time: ServerTime;
    emit(event: RoomEvent): void;
    name: string | undefined;
  }) {
    const { clock, random, emit } = deps;
    this.#clock = clock;
    this.#time = deps.time;
    this.#emit = emit;
    this.#name = deps.name;
    this.roster = new RosterView(emit);
    this.security = new SecurityView(clock, emit);
    this.#queue = new SendQueue(clock, random, {
      sent: (id, at) => this.#sent(id, at),
      failed: (id, error) => this.conversation.change(id, { state: 'failed', error }),
    });
    this.conversation = new Conversation(clock, emit, (ids) => {
      for (const id of ids) this.#queue.discard(id);
    });
    const members = (): number => this.#room?.group.roster.length ?? 0;
    this.#heartbeat = new Heartbeat(
      {
        members,
        ready: () => this.#room?.ready() === true && members() > 1 && !this.#forked && this.#queue.isIdle,
        beat: () => this.#queue.addFleeting(CONTENT_TYPES.heartbeat),
      },
      clock,
      random,
    );
    this.#freshness = new Freshness(
      {
        members,
        expectsProof: () => this.#room?.ready() === true && this.roster.present > 1,
        stale: () => this.#stale(),
        fresh: () => this.#queue.hold(false),
        looked: () => this.security.update(),
      },
      clock,
    );
    this.#profile = new Profile(clock, random, () => {
      if (this.#name !== undefined) this.#say(this.#name);
    });
  }

  /** Goes on in this group. */
  attach(room: ActiveRoom): void {
    this.#room = room;
    this.#ttlSeconds = room.group.params.ttlSeconds;
    this.#forkers.clear();
    this.#heartbeat.spoke();
    this.#freshness.start();
    this.roster.update(room.group.roster, room.group.self);
    for (const { mid } of room.group.roster) this.#bears(mid, false);
    this.security.attach(room.group);
    this.#queue.attach(room);
  }

  /** Out of the group: what may or may not have been stored in it is failed. */
  detach(): void {
    this.#room = undefined;
    this.#rest();
    this.roster.clear();
    this.security.detach();
    this.#queue.attach(undefined);
  }

  /** One may write now (again). `first`: for the first time in this group. */
  ready(first: boolean): void {
    if (first && this.#name !== undefined) this.#say(this.#name);
    this.#queue.kick();
  }

  send(text: string): ChatMessage {
    const body = encodeText(text);
    if (this.#forked) throw new ClientError('ERR_FORK');
    const id = this.#queue.add(CONTENT_TYPES.text, body, true);
    const now = this.#clock.now();
    const self = this.#room?.group.self.mid;
    const message: ChatMessage = {
      id,
      mid: self ? toHex(self) : '',
      name: self ? this.roster.name(self) : '',
      own: true,
      text,
      sentAt: now,
      expiresAt: now + this.#ttlSeconds * 1_000,
      state: 'sending',
    };
    this.conversation.show(message);
    return { ...message };
  }

  retry(id: string): void {
    if (this.#forked) throw new ClientError('ERR_FORK');
    if (this.#queue.retry(id)) this.conversation.change(id, { state: 'sending' });
  }

  discard(id: string): void {
    if (this.#queue.discard(id)) this.conversation.remove(id);
  }

  /** A stored item is what the server takes for an act of a person: says one's present name again. */
  keepAlive(): void {
    if (this.#room) this.#say(this.roster.name(this.#room.group.self.mid));
  }

  /** The person has read the alarm and sends all the same. */
  resumeSending(): void {
    for (const mid of this.#forkers.keys()) this.#forkers.set(mid, 'overridden');
    this.#freshness.proved();
  }

  clear(): void {
    this.#rest();
    this.#queue.clear();
    this.conversation.clear();
    this.security.clear();
    this.#bearers.clear();
    this.#ownPlaces.clear();
    this.#room = undefined;
  }

  // ---- what comes of the room's items

  /** What a room of this generation tells us, one item after the other. */
  sink(generation: number): ChatSink {
    return {
      isPresent: (mid) => this.roster.isPresent(mid),
      isOwn: (env) => this.#queue.isOwn(env),
      ownArrived: (env, seq, at) => {
        this.#ownPlaces.add(`${generation}-${seq}`);
        this.#ownArrived(env, seq, at);
      },
      opened: (opened, seq, at) => this.#opened(opened, `${generation}-${seq}`, at),
      past: (opened, seq, at) => this.#past(opened, `${generation}-${seq}`, at),
      unreadable: (code) => this.unreadable(code),
      proved: (opened) => this.#proved(opened),
      forked: (mid) => this.#forkFound(mid),
      replayed: () => this.#emit({ type: 'alarm', code: 'REPLAY' }),
      missing: (count) => this.#missing(count),
    };
  }

  /** An item was no message of anybody. */
  unreadable(code: string): void {
    this.conversation.line({ kind: 'unreadable', code });
  }

  epochMoved({ added, removed, rotated }: CommitEffect): void {
    for (const { entry, reason } of removed) {
      const { mid } = entry;
      const kind = LINE_OF[reason];
      this.conversation.line({ kind, mid: toHex(mid), name: this.roster.name(mid) });
    }
    if (rotated) this.conversation.line({ kind: 'linkChanged' });
    for (const { mid } of added) {
      this.roster.setPresent(mid, true);
      this.conversation.line({ kind: 'joined', mid: toHex(mid), name: this.roster.name(mid) });
    }
    if (this.#room) this.roster.update(this.#room.group.roster, this.#room.group.self);
    for (const { mid } of added) this.#bears(mid, true);
    this.security.update();
    if (added.length > 0 && this.#name !== undefined) this.#profile.announceSoon();
  }

  // ---- parts

  /** A member bears its present name; a person is warned when another one, with another key, has borne it. */
  #bears(mid: Bytes, warn: boolean): void {
    const [id, name] = [toHex(mid), this.roster.name(mid)];
    const isShared = this.#bearers.bears(id, name);
    const isSelf = this.#room !== undefined && toHex(this.#room.group.self.mid) === id;
    if (isShared && warn && !isSelf) this.conversation.line({ kind: 'sameName', mid: id, name });
  }

  #past(opened: Opened, id: string, at: number): void {
    const { mid, content } = opened;
    const text = decodeText(content.body);
    if (text === undefined || this.#ownPlaces.has(id)) return;
    if (content.type === CONTENT_TYPES.profile) this.roster.rename(mid, text);
    else if (content.type === CONTENT_TYPES.text) this.#shown(opened, text, id, at);
  }

  #opened(opened: Opened, id: string, at: number): void {
    const { mid, content } = opened;
    const text = decodeText(content.body);
    if (text === undefined) this.unreadable('ERR_FORMAT');
    else if (content.type === CONTENT_TYPES.profile) this.#renamed(mid, text);
    else if (content.type === CONTENT_TYPES.text) this.#shown(opened, text, id, at);
  }

  #ownArrived(env: Bytes, seq: number, at: number): void {
    const id = this.#queue.arrived(env, at);
    if (id) this.#delivery.sent(seq, id);
    this.#heartbeat.spoke();
  }

  /** What a member acknowledges is delivered, and the room is fresh. */
  #proved({ mid, seqAck }: Opened): void {
    this.#freshness.proved();
    this.security.proved(mid);
    for (const id of this.#delivery.acknowledged(seqAck))
      this.conversation.change(id, { state: 'delivered' });
  }

  /** Nobody has proved for long to see what we see: texts wait for the person. */
  #stale(): void {
    this.#queue.hold(true);
    this.#emit({ type: 'alarm', code: 'STALE' });
  }

  #rest(): void {
    this.#profile.stop();
    this.#heartbeat.stop();
    this.#freshness.stop();
    this.#delivery.clear();
    this.#queue.hold(false);
  }

  get #forked(): boolean {
    return [...this.#forkers.values()].includes('alarming');
  }

  #missing(count: number): void {
    this.#emit({ type: 'alarm', code: 'GAP' });
    this.conversation.line({ kind: 'gap', missing: count });
  }

  /** Two members have seen different sequences: nothing is sent any more, unless the person says so. */
  #forkFound(mid: Bytes | undefined): void {
    const by = mid ? toHex(mid) : '';
    if (this.#forkers.get(by) === 'overridden') return;
    this.#emit({ type: 'alarm', code: 'FORK' });
    this.#forkers.set(by, 'alarming');
    this.#queue.failAll('ERR_FORK');
  }

  #say(name: string): void {
    if (this.#room && !this.#forked) {
      this.roster.rename(this.#room.group.self.mid, name);
      this.#bears(this.#room.group.self.mid, false);
      this.#queue.add(CONTENT_TYPES.profile, new TextEncoder().encode(name), false);
    }
  }

  #renamed(mid: Bytes, raw: string): void {
    const known = this.roster.isNewcomer(mid);
    const change = this.roster.rename(mid, raw);
    this.#bears(mid, true);
    if (!change || (change.first && !known)) return;
    const { name, before } = change;
    this.conversation.line({ kind: 'renamed', mid: toHex(mid), name, before });
  }

  #shown({ mid, content }: Opened, text: string, id: string, at: number): void {
    const sentAt = this.#time.toClient(Math.min(content.sentMs, at));
    const ttlSeconds = Math.min(content.ttlSeconds, this.#ttlSeconds);
    this.conversation.show({
      id,
      mid: toHex(mid),
      name: this.roster.name(mid),
      own: false,
      text,
      sentAt,
      expiresAt: sentAt + ttlSeconds * 1_000,
      state: 'sent',
    });
  }

  #sent(id: string, at: number): void {
    const sentAt = this.#time.toClient(at);
    const expiresAt = sentAt + this.#ttlSeconds * 1_000;
    this.conversation.change(id, { state: 'sent', sentAt, expiresAt });
  }
}
