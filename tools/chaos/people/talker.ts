import {
  createRoomClient,
  type ChatMessage,
  type ConnectionState,
  type Invitation,
  type Member,
  type Membership,
  type RoomClient,
  type RoomClientDeps,
  type RoomEvent,
} from '@bytechat/client';
import type { Place } from '@bytechat/testing/history';
import type { RunRecord } from './run-record.ts';
import type { Tap } from './tap.ts';

export interface TalkerDeps {
  /** Unique in the run. */
  name: string;
  room: string;
  record: RunRecord;
  tap: Tap;
  client: RoomClientDeps;
}

/** How a received message is named by the SDK: by the generation one came in and its seq. */
const PLACE_ID = /^\d+-(\d+)$/;
/** Failed, and yet perhaps stored. */
const UNKNOWN_OUTCOMES: ReadonlySet<string> = new Set(['ERR_INDETERMINATE', 'ERR_DUPLICATE', 'ERR_FORK']);

/** A person with the real SDK who talks and writes down what they see, as a line of the history each. */
export class Talker {
  readonly name: string;
  readonly room: string;
  /** How long each absence took until one was online again, in ms. */
  readonly absences: number[] = [];
  /** What the person was told besides messages: system lines and alarms, by kind. */
  readonly told = new Map<string, number>();
  /** Sends that ended otherwise than acknowledged, by the error shown. */
  readonly unsent = new Map<string, number>();
  /** Why it is over, once it is. */
  ended: string | undefined;
  readonly #record: RunRecord;
  readonly #tap: Tap;
  readonly #client: RoomClient;
  /** Messages that this person sent: the SDK's id → ours. */
  readonly #own = new Map<string, string>();
  /** Those under way. */
  readonly #pending = new Map<string, string>();
  /** Messages that have their place in this view: the SDK's id → ours. */
  readonly #seen = new Map<string, string>();
  #connection: ConnectionState = { state: 'idle' };
  #step: Membership['step'] = 'none';
  #awaySince: number | undefined;
  #entered: Place | undefined;
  #newest: Place = { generation: 0, seq: 0 };
  #members: readonly Member[] = [];
  #sent = 0;

  constructor({ name, room, record, tap, client }: TalkerDeps) {
    this.name = name;
    this.room = room;
    this.#record = record;
    this.#tap = tap;
    this.#client = createRoomClient(client);
    tap.carriedOn = (place) => {
      this.#noteEntrance();
      this.#record.add({ type: 'recover', ...this.#who(), recovered: true, ...place });
    };
    this.#client.subscribe((event) => this.#see(event));
  }

  create(): Promise<Invitation> {
    return this.#client.create({ name: this.name });
  }

  join(code: string): Promise<Invitation> {
    return this.#client.join({ code, name: this.name });
  }

  get isOnline(): boolean {
    return this.#step === 'active' && this.#connection.state === 'online';
  }

  /** How far one has come, in words of the SDK. */
  get standing(): string {
    return this.ended ?? `${this.#connection.state}, ${this.#step}`;
  }

  get pending(): number {
    return this.#pending.size;
  }

  get members(): number {
    return this.#members.length;
  }

  /** The newest place of a message that this person has seen. */
  get newest(): Place {
    return this.#newest;
  }

  /** Says something that nobody has said before. */
  async say(): Promise<void> {
    const id = `${this.room}/${this.name}/${++this.#sent}`;
    this.#record.add({ type: 'send', ...this.#who(), id });
    try {
      const message = await this.#client.send(id);
      this.#own.set(message.id, id);
      if (this.ended === undefined) this.#pending.set(message.id, id);
      else this.#unsaid('info', id, this.ended);
    } catch (error) {
      this.#unsaid('fail', id, codeOf(error));
    }
  }

  /**
   * Reads the log through the pod one is connected to, as the process `reader`.
   * @param idOf finds which message the stored bytes are, by their hash
   */
  async readLog(reader: string, idOf: (hash: string) => string | undefined): Promise<void> {
    const { from, items } = await this.#tap.readLog();
    const who = { process: reader, room: this.room };
    this.#record.add({ type: 'presence', ...who, state: 'in', ...from });
    for (const { hash, ...place } of items) {
      const id = idOf(hash);
      if (id !== undefined) this.#record.add({ type: 'deliver', ...who, id, ...place });
    }
  }

  /** Of a message that this person sent. */
  idOfHash(hash: string): string | undefined {
    const messageId = this.#tap.ownHashes.get(hash);
    return messageId === undefined ? undefined : this.#own.get(messageId);
  }

  async leave(): Promise<void> {
    await this.#client.leave();
  }

  #see(event: RoomEvent): void {
    switch (event.type) {
      case 'connection':
        this.#connected(event.connection);
        break;
      case 'membership':
        this.#step = event.membership.step;
        if (this.#step === 'active') this.#noteEntrance();
        if (this.#step === 'unanswered') this.#over('unanswered');
        break;
      case 'members':
        this.#members = event.members;
        break;
      case 'message':
        this.#message(event.message);
        break;
      case 'expired':
        for (const id of event.ids) this.#expired(id);
        break;
      case 'system':
        count(this.told, event.line.kind);
        break;
      case 'alarm':
        count(this.told, `alarm ${event.code}`);
        break;
    }
  }

  #connected(connection: ConnectionState): void {
    const before = this.#connection.state;
    this.#connection = connection;
    if (connection.state === 'closed') this.#over(connection.code);
    else if (connection.state === 'online') this.#back();
    else if (before === 'online') this.#awaySince = this.#record.now();
  }

  #back(): void {
    if (this.#awaySince === undefined) return;
    this.absences.push(this.#record.now() - this.#awaySince);
    this.#awaySince = undefined;
    this.#record.add({ type: 'recover', ...this.#who(), recovered: true, ...this.#newest });
  }

  #over(code: string): void {
    if (this.ended !== undefined) return;
    this.ended = code;
    for (const id of this.#pending.values()) this.#unsaid('info', id, code);
    this.#pending.clear();
    this.#record.add({ type: 'presence', ...this.#who(), state: 'out', ...this.#newest });
  }

  /** A new beginning is written down before anything that is seen after it. */
  #noteEntrance(): void {
    const { entered } = this.#tap;
    if (!entered || this.#entered === entered) return;
    const who = this.#who();
    if (this.#entered) this.#record.add({ type: 'recover', ...who, recovered: false, ...entered });
    else this.#record.add({ type: 'presence', ...who, state: 'in', ...entered });
    this.#entered = entered;
    this.#newest = entered;
  }

  #message({ id, own, state, text, error }: ChatMessage): void {
    if (!own) this.#delivered(id, text);
    else if (state === 'failed') this.#failed(id, error ?? 'no reason');
    else if (state !== 'sending') this.#acknowledged(id, text);
  }

  #acknowledged(messageId: string, id: string): void {
    if (this.#seen.has(messageId)) return;
    const place = this.#tap.placeOf(messageId);
    if (!place) {
      this.#record.problem('A message counts as sent, and nobody knows where it stands.');
      return;
    }
    this.#noteEntrance();
    this.#pending.delete(messageId);
    this.#seen.set(messageId, id);
    this.#newest = place;
    this.#record.add({ type: 'ok', ...this.#who(), id, ...place });
  }

  #failed(messageId: string, error: string): void {
    const id = this.#pending.get(messageId);
    if (id === undefined) return;
    this.#pending.delete(messageId);
    this.#unsaid(UNKNOWN_OUTCOMES.has(error) ? 'info' : 'fail', id, error);
  }

  #unsaid(type: 'fail' | 'info', id: string, why: string): void {
    count(this.unsent, why);
    this.#record.add({ type, ...this.#who(), id });
  }

  #delivered(messageId: string, id: string): void {
    if (this.#seen.has(messageId)) return;
    const seq = Number(PLACE_ID.exec(messageId)?.[1]);
    const generation = this.#tap.generationOf(seq);
    if (generation === undefined) {
      this.#record.problem('The SDK no longer names messages by their place.');
      return;
    }
    const place = { generation, seq };
    this.#noteEntrance();
    this.#seen.set(messageId, id);
    this.#newest = place;
    this.#record.add({ type: 'deliver', ...this.#who(), id, ...place });
  }

  #expired(messageId: string): void {
    const id = this.#seen.get(messageId);
    if (id !== undefined) this.#record.add({ type: 'expire', ...this.#who(), id });
  }

  #who(): { process: string; room: string } {
    return { process: this.name, room: this.room };
  }
}

function count(counts: Map<string, number>, kind: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? error);
