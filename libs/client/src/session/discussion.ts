import { encodeMessageBody, isEmoji, type MessageBody, type Opened } from '@bytechat/crypto';
import type { Attachment, ChatMessage, SendOptions } from '../api.ts';
import type { Clock } from '../clock.ts';
import type { Place } from '../content/operation.ts';
import { ClientError } from '../errors.ts';
import { fromHex, toHex } from '../hex.ts';
import type { ServerTime } from '../server-time.ts';
import { requireText } from '../text.ts';
import type { ActiveRoom } from './active-room.ts';
import { Acts, operationOf, type ActBody } from './acts.ts';
import type { Conversation, Said } from './conversation.ts';
import type { RosterView } from './roster-view.ts';
import type { SendQueue } from './send-queue.ts';

/** Where an item stands, when the server took it, and by which ref it is known. */
export interface Standing {
  place: Place;
  at: number;
  ref: string;
}

/** What members say to each other, and what becomes of it: replies, edits, deletions, reactions. */
export class Discussion {
  readonly #clock: Clock;
  readonly #time: ServerTime;
  readonly #queue: SendQueue;
  readonly #conversation: Conversation;
  readonly #roster: RosterView;
  readonly #acts: Acts;
  readonly #deleted: (id: string) => void;
  #room: ActiveRoom | undefined;
  #ttlSeconds = 0;

  constructor(deps: {
    clock: Clock;
    time: ServerTime;
    queue: SendQueue;
    conversation: Conversation;
    roster: RosterView;
    /** A message has been taken back: nobody else keeps it either. */
    deleted(id: string): void;
  }) {
    this.#clock = deps.clock;
    this.#time = deps.time;
    this.#queue = deps.queue;
    this.#conversation = deps.conversation;
    this.#roster = deps.roster;
    this.#deleted = (id) => deps.deleted(id);
    this.#acts = new Acts(deps.queue, deps.conversation);
  }

  /** Goes on in this group, as the member that we are there. Comes before the queue does. */
  attach(room: ActiveRoom): void {
    this.#room = room;
    this.#ttlSeconds = room.group.params.ttlSeconds;
    const self = toHex(room.group.self.mid);
    this.#conversation.bears(self);
    this.#acts.attach(self);
  }

  detach(): void {
    this.#room = undefined;
  }

  clear(): void {
    this.#room = undefined;
    this.#acts.clear();
  }

  /** @throws {ClientError} as `RoomClient.send` */
  send(text: string, { replyTo }: SendOptions = {}): ChatMessage {
    requireText(text);
    const answers = replyTo === undefined ? undefined : this.#refOf(replyTo);
    const said: MessageBody = answers
      ? { kind: 'reply', ref: fromHex(answers), text }
      : { kind: 'text', text };
    const { type, body } = encodeMessageBody(said);
    const id = this.#queue.add(type, body, true);
    const message = { ...this.#ownNow(), id, text };
    this.#conversation.show({ ...message, answers });
    return this.#conversation.message(id) ?? { ...message, reactions: [] };
  }

  /** Shows a file of ours that is on its way. */
  attaching(id: string, attachment: Attachment): ChatMessage {
    const message = { ...this.#ownNow(), id, text: '', attachment };
    this.#conversation.show(message);
    return this.#conversation.message(id) ?? { ...message, reactions: [] };
  }

  /** @throws {ClientError} as `RoomClient.edit` */
  edit(id: string, text: string): void {
    requireText(text);
    this.#requireOwn(id);
    if (this.#shown(id).attachment) throw new ClientError('ERR_POLICY');
    this.#act(id, { kind: 'edit', ref: fromHex(this.#refOf(id)), text });
  }

  /** @throws {ClientError} as `RoomClient.remove` */
  remove(id: string): void {
    this.#requireOwn(id);
    this.#act(id, { kind: 'delete', ref: fromHex(this.#refOf(id)) });
  }

  /** @throws {ClientError} as `RoomClient.react` */
  react(id: string, emoji: string, on: boolean): void {
    if (!isEmoji(emoji)) throw new ClientError('ERR_FORMAT');
    if (this.#shown(id).deleted) throw new ClientError('ERR_MESSAGE_GONE');
    this.#act(id, { kind: 'reaction', ref: fromHex(this.#refOf(id)), emoji, on });
  }

  /** An item of ours has its number. */
  ownArrived(id: string, { place, ref }: Standing): void {
    const operation = this.#acts.arrived(id, place);
    if (operation?.kind === 'delete') this.#forgetDeleted(operation.target, place);
    if (operation || !this.#room) return;
    this.#conversation.place(id, ref, place, toHex(this.#room.group.self.mid));
  }

  /** The server has a message of ours since `at`. */
  sent(id: string, at: number): void {
    const sentAt = this.#time.toClient(at);
    const expiresAt = sentAt + this.#ttlSeconds * 1_000;
    this.#conversation.change(id, { state: 'sent', sentAt, expiresAt });
  }

  /** An act of ours won't get through. False when the id is a message's. */
  failed(id: string): boolean {
    return this.#acts.failed(id);
  }

  /** Messages are over, and what was on its way to them is of no use. */
  expired(refs: ReadonlySet<string>): void {
    this.#acts.targetsGone(refs);
  }

  /** A member has said something. */
  heard(opened: Opened, said: MessageBody, standing: Standing): void {
    const { mid } = opened;
    const { place, ref } = standing;
    if (said.kind === 'text' || said.kind === 'reply') {
      const answers = said.kind === 'reply' ? toHex(said.ref) : undefined;
      this.#heardMessage(opened, { text: said.text, answers }, standing);
      return;
    }
    const [author, target, name] = [toHex(mid), toHex(said.ref), this.#roster.name(mid)];
    const { expiresAt } = this.#timesOf(opened, standing);
    this.#conversation.take(operationOf(said, { key: ref, mid: author, target, name }), place, expiresAt);
    if (said.kind === 'delete') this.#forgetDeleted(target, place);
  }

  /** A member has sent a file. Answers with the id of its message. */
  heardFile(opened: Opened, attachment: Attachment, standing: Standing): string {
    return this.#heardMessage(opened, { text: '', attachment }, standing);
  }

  #heardMessage(
    opened: Opened,
    said: Pick<Said, 'text' | 'answers' | 'attachment'>,
    standing: Standing,
  ): string {
    const { place, ref } = standing;
    const id = `${place.generation}-${place.seq}`;
    const author = toHex(opened.mid);
    const name = this.#roster.name(opened.mid);
    const times = this.#timesOf(opened, standing);
    const message = { ...said, ...times, id, mid: author, name, own: false, state: 'sent' as const };
    this.#conversation.show(message, { ref, place });
    return id;
  }

  /** When something was said, and when it is over, on our clock. */
  #timesOf({ content }: Opened, { at }: Standing): { sentAt: number; expiresAt: number } {
    const sentAt = this.#time.toClient(Math.min(content.sentMs, at));
    return { sentAt, expiresAt: sentAt + Math.min(content.ttlSeconds, this.#ttlSeconds) * 1_000 };
  }

  /** What every message of ours begins with. */
  #ownNow(): Omit<Said, 'id' | 'text'> {
    const now = this.#clock.now();
    const self = this.#room?.group.self.mid;
    return {
      ...{ own: true, state: 'sending' },
      mid: self ? toHex(self) : '',
      name: self ? this.#roster.name(self) : '',
      sentAt: now,
      expiresAt: now + this.#ttlSeconds * 1_000,
    };
  }

  #act(id: string, act: ActBody): void {
    if (!this.#room) throw new ClientError('ERR_UNSUPPORTED');
    const { mid } = this.#room.group.self;
    const { expiresAt: until } = this.#shown(id);
    this.#acts.begin(act, { mid: toHex(mid), name: this.#roster.name(mid), target: toHex(act.ref), until });
  }

  #shown(id: string): ChatMessage {
    const message = this.#conversation.message(id);
    if (!message) throw new ClientError('ERR_MESSAGE_GONE');
    return message;
  }

  #refOf(id: string): string {
    const ref = this.#conversation.refOf(id);
    if (ref === undefined) throw new ClientError('ERR_MESSAGE_GONE');
    return ref;
  }

  #requireOwn(id: string): void {
    const { mid, deleted } = this.#shown(id);
    if (deleted) throw new ClientError('ERR_MESSAGE_GONE');
    if (!this.#room || mid !== toHex(this.#room.group.self.mid)) throw new ClientError('ERR_POLICY');
  }

  /** Those who come later are not handed what was taken back. */
  #forgetDeleted(target: string, { generation }: Place): void {
    const places = this.#conversation.deletedPlaces(target);
    if (!places) return;
    const id = this.#conversation.idOf(target);
    if (id !== undefined) this.#deleted(id);
    const seqs = places.filter((place) => place.generation === generation).map(({ seq }) => seq);
    if (seqs.length > 0) this.#room?.forgetItems(new Set(seqs));
  }
}
