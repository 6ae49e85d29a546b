import {
  CONTENT_TYPES,
  decodeManifest,
  readMessageBody,
  type Bytes,
  type CommitEffect,
  type Opened,
} from '@bytechat/crypto';
import type { ChatMessage, RoomEvent, FileToSend, Named, SendOptions } from '../api.ts';
import { Attachments, describeFile, describeOwn } from '../attachments/attachments.ts';
import { readFile } from '../attachments/outgoing-file.ts';
import type { Clock } from '../clock.ts';
import { ClientError } from '../errors.ts';
import { toHex } from '../hex.ts';
import type { Random } from '../random.ts';
import type { ServerTime } from '../server-time.ts';
import type { ActiveRoom, RoomHost } from './active-room.ts';
import { Delivery } from './delivery.ts';
import { Freshness, type StaleCause } from './freshness.ts';
import { Heartbeat } from './heartbeat.ts';
import { Conversation } from './conversation.ts';
import { Discussion, type Standing } from './discussion.ts';
import { Naming } from './naming.ts';
import { RosterView } from './roster-view.ts';
import { SecurityView } from './security-view.ts';
import { SendQueue } from './send-queue.ts';
import { Typing } from './typing.ts';

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
  readonly #naming: Naming;
  readonly #emit: (event: RoomEvent) => void;
  /** Our own items of this stay: a new member reads them as another's otherwise. */
  readonly #ownRefs = new Set<string>();
  readonly #discussion: Discussion;
  readonly #files: Attachments;
  #room: ActiveRoom | undefined;
  /** Who was found to have seen another sequence, and whether the person sends all the same. */
  readonly #forkers = new Map<string, 'alarming' | 'overridden'>();
  readonly #delivery = new Delivery();
  readonly #heartbeat: Heartbeat;
  readonly #typing: Typing;
  readonly #freshness: Freshness;

  constructor(deps: {
    clock: Clock;
    random: Random;
    time: ServerTime;
    emit(event: RoomEvent): void;
    name: string | undefined;
  }) {
    const { clock, random, emit } = deps;
    this.#emit = emit;
    this.roster = new RosterView(emit);
    this.security = new SecurityView(clock, emit);
    this.#queue = new SendQueue(clock, random, {
      sent: (id, at) => this.#discussion.sent(id, at),
      failed: (id, error) => {
        if (!this.#discussion.failed(id)) this.conversation.change(id, { state: 'failed', error });
      },
    });
    this.conversation = new Conversation(clock, emit, (ids, refs) => {
      for (const id of ids) this.#queue.discard(id);
      this.#discussion.expired(refs);
      this.#files.forget(ids);
    });
    this.#files = new Attachments({
      ...{ clock, emit, queue: this.#queue },
      requireSpeaking: () => void this.#speaks(),
      failed: (id, error) => this.conversation.change(id, { state: 'failed', error }),
    });
    this.#discussion = new Discussion({
      deleted: (id) => this.#files.forget([id]),
      ...{ clock, time: deps.time, queue: this.#queue },
      ...{ conversation: this.conversation, roster: this.roster },
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
        stale: (cause, since) => this.#stale(cause, since),
        fresh: () => this.#freshAgain(),
        looked: () => this.security.update(),
      },
      clock,
    );
    this.#typing = new Typing(
      clock,
      {
        ready: () => this.#room?.ready() === true && members() > 1,
        tell: async () => this.#room?.tellTyping(),
      },
      emit,
    );
    this.#naming = new Naming({
      ...{ clock, random, roster: this.roster, conversation: this.conversation, queue: this.#queue },
      chosen: deps.name,
      self: () => this.#room?.group.self.mid,
      maySpeak: () => !this.#forked,
    });
  }

  /** Goes on in this group. */
  attach(room: ActiveRoom): void {
    this.#room = room;
    this.#forkers.clear();
    this.#heartbeat.spoke();
    this.#freshness.start();
    this.roster.update(room.group.roster, room.group.self);
    this.#naming.attach(room.group.roster);
    this.security.attach(room.group);
    this.#discussion.attach(room);
    this.#queue.attach(room);
    this.#files.attach(room);
  }

  /** Out of the group: what may or may not have been stored in it is failed. */
  detach(): void {
    this.#room = undefined;
    this.#rest();
    this.roster.clear();
    this.security.detach();
    this.#discussion.detach();
    this.#queue.attach(undefined);
    this.#files.attach(undefined);
  }

  /** One may write now (again). `first`: for the first time in this group. */
  ready(first: boolean): void {
    if (first) this.#naming.sayChosen();
    this.#queue.kick();
    this.#files.wake();
  }

  send(text: string, options?: SendOptions): ChatMessage {
    this.#typing.sent();
    return this.#speaks().send(text, options);
  }

  /** @throws {ClientError} as `RoomClient.attach` */
  async attachFile(file: FileToSend): Promise<ChatMessage> {
    const bytes = await readFile(file.data);
    const about = describeOwn(file, bytes.length);
    const id = this.#queue.newId();
    const message = this.#speaks().attaching(id, about);
    this.#files.begin(id, bytes, about);
    return message;
  }

  /** @throws {ClientError} as `RoomClient.download` */
  download(id: string): Promise<Bytes> {
    return this.#files.download(id);
  }

  cancelDownload(id: string): void {
    this.#files.cancelDownload(id);
  }

  edit(id: string, text: string): void {
    this.#speaks().edit(id, text);
  }

  remove(id: string): void {
    this.#speaks().remove(id);
  }

  react(id: string, emoji: string, on: boolean): void {
    this.#speaks().react(id, emoji, on);
  }

  retry(id: string): void {
    if (this.#forked) throw new ClientError('ERR_FORK');
    if (this.#files.retry(id) || this.#queue.retry(id)) this.conversation.change(id, { state: 'sending' });
  }

  discard(id: string): void {
    if (!this.#files.isOnItsWay(id) && !this.#queue.discard(id)) return;
    this.#files.forget([id]);
    this.conversation.remove(id);
  }

  /** The person types. */
  typing(): void {
    if (!this.#forked) this.#typing.typed();
  }

  /** A member has signalled something. What is not authentic, or of another epoch, is nothing. */
  async signalled(bytes: Bytes): Promise<void> {
    const room = this.#room;
    const signal = await room?.group.openSignal(bytes).catch(() => undefined);
    if (signal && room === this.#room) this.#typing.heard(toHex(signal.mid));
  }

  /** A stored item is what the server takes for an act of a person: says one's present name again. */
  keepAlive(): void {
    this.#naming.sayAgain();
  }

  /** The person has read the alarm and sends all the same. */
  resumeSending(): void {
    for (const mid of this.#forkers.keys()) this.#forkers.set(mid, 'overridden');
    this.#freshness.forgive();
  }

  /** Nobody renews the keys. @param since when it was due */
  keysOverdue(since: number): void {
    this.#freshness.keysOld(since);
  }

  clear(): void {
    this.#rest();
    this.#queue.clear();
    this.conversation.clear();
    this.#discussion.clear();
    this.#files.clear();
    this.security.clear();
    this.#naming.clear();
    this.#ownRefs.clear();
    this.#room = undefined;
  }

  // ---- what comes of the room's items

  /** What a room of this generation tells us, one item after the other. */
  sink(generation: number): ChatSink {
    return {
      isPresent: (mid) => this.roster.isPresent(mid),
      isOwn: (env) => this.#queue.isOwn(env),
      ownArrived: (env, seq, at, ref) => this.#ownArrived(env, { place: { generation, seq }, at, ref }),
      opened: (opened, seq, at, ref) => this.#opened(opened, { place: { generation, seq }, at, ref }),
      past: (opened, seq, at, ref) => this.#past(opened, { place: { generation, seq }, at, ref }),
      unreadable: (code) => this.unreadable(code),
      proved: (opened) => this.#proved(opened),
      forked: (mid) => this.#forkFound(mid),
      replayed: () => this.#emit({ type: 'alarm', code: 'REPLAY' }),
      missing: (count, mid) => this.#missing(count, mid),
    };
  }

  /** An item was no message of anybody. */
  unreadable(code: string): void {
    this.conversation.line({ kind: 'unreadable', code });
  }

  epochMoved({ added, removed, rotated, rekey }: CommitEffect): void {
    if (rekey) this.#freshness.keysRenewed();
    for (const { entry, reason } of removed) {
      const { mid } = entry;
      this.#typing.ended(toHex(mid));
      const kind = LINE_OF[reason];
      this.conversation.line({ kind, mid: toHex(mid), name: this.roster.name(mid) });
    }
    if (rotated) this.conversation.line({ kind: 'linkChanged' });
    for (const { mid } of added) {
      this.roster.setPresent(mid, true);
      this.conversation.line({ kind: 'joined', mid: toHex(mid), name: this.roster.name(mid) });
    }
    if (this.#room) this.roster.update(this.#room.group.roster, this.#room.group.self);
    this.#naming.admitted(added);
    this.security.update();
  }

  // ---- parts

  /** @throws {ClientError} ERR_FORK while the person hasn't decided to send all the same */
  #speaks(): Discussion {
    if (this.#forked) throw new ClientError('ERR_FORK');
    return this.#discussion;
  }

  #past(opened: Opened, standing: Standing): void {
    const { mid, content } = opened;
    if (this.#ownRefs.has(standing.ref) || this.conversation.idOf(standing.ref) !== undefined) return;
    const said = readMessageBody(content);
    if (said) this.#discussion.heard(opened, said, standing);
    else if (content.type === CONTENT_TYPES.attachment) this.#heardFile(opened, standing);
    else if (content.type === CONTENT_TYPES.profile) this.#naming.recalled(mid, content.body);
  }

  #opened(opened: Opened, standing: Standing): void {
    const { mid, content } = opened;
    this.#typing.ended(toHex(mid));
    const said = readMessageBody(content);
    if (said) this.#discussion.heard(opened, said, standing);
    else if (content.type === CONTENT_TYPES.attachment) this.#heardFile(opened, standing);
    else if (content.type === CONTENT_TYPES.profile && !this.#naming.told(mid, content.body))
      this.unreadable('ERR_FORMAT');
  }

  #heardFile(opened: Opened, standing: Standing): void {
    const manifest = decodeManifest(opened.content.body);
    const id = this.#discussion.heardFile(opened, describeFile(manifest), standing);
    this.#files.heard(id, manifest);
  }

  #ownArrived(env: Bytes, standing: Standing): void {
    this.#ownRefs.add(standing.ref);
    const id = this.#queue.arrived(env, standing.at);
    if (id) {
      this.#delivery.sent(standing.place.seq, id);
      this.#discussion.ownArrived(id, standing);
    }
    this.#heartbeat.spoke();
  }

  /** What a member acknowledges is delivered, and the room is fresh. */
  #proved({ mid, seqAck }: Opened): void {
    this.#freshness.proved();
    this.security.proved(mid);
    for (const id of this.#delivery.acknowledged(seqAck))
      this.conversation.change(id, { state: 'delivered' });
  }

  /** Our view may be out of date: texts wait for the person. */
  #stale(cause: StaleCause, since: number): void {
    this.#queue.hold(true);
    this.#emit({ type: 'alarm', code: 'STALE', cause, since });
  }

  #freshAgain(): void {
    this.#queue.hold(false);
    this.#emit({ type: 'alarmEnded', code: 'STALE' });
  }

  #rest(): void {
    this.#naming.stop();
    this.#typing.clear();
    this.#heartbeat.stop();
    this.#freshness.stop();
    this.#delivery.clear();
    this.#queue.hold(false);
  }

  get #forked(): boolean {
    return [...this.#forkers.values()].includes('alarming');
  }

  #missing(count: number, mid: Bytes): void {
    this.#emit({ type: 'alarm', code: 'GAP', missing: count, by: this.#named(mid) });
    this.conversation.line({ kind: 'gap', missing: count });
  }

  /** Two members have seen different sequences: nothing is sent any more, unless the person says so. */
  #forkFound(mid: Bytes | undefined): void {
    const by = mid ? toHex(mid) : '';
    if (this.#forkers.get(by) === 'overridden') return;
    this.#emit({ type: 'alarm', code: 'FORK', ...(mid ? { by: this.#named(mid) } : {}) });
    this.#forkers.set(by, 'alarming');
    this.#queue.failAll('ERR_FORK');
  }

  #named(mid: Bytes): Named {
    return { mid: toHex(mid), name: this.roster.name(mid) };
  }
}
