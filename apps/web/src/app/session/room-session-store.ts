import { computed, DestroyRef, inject, Injectable, signal, type Signal } from '@angular/core';
import {
  type ChatMessage,
  ClientError,
  type ClientErrorCode,
  type CloseCode,
  type ConnectionState,
  type CreateOptions,
  type FileToSend,
  type Invitation,
  type Knocker,
  type JoinOptions,
  type Member,
  type Membership,
  type RoomEvent,
  type RoomPeek,
  type Safety,
  type Security,
  type SendOptions,
} from '@bytechat/client';
import { Clock } from '../clock/clock.ts';
import { withMembers, type AwaySince } from './away-since.ts';
import { overridden, stopsSending, withAlarm, withoutAlarm, type Alarm } from './alarms.ts';
import { ROOM_CLIENT_FACTORY, type RoomClientHandle } from './room-client-factory.ts';
import { EMPTY_TIMELINE, withMessage, without, withSystemLine } from './timeline.ts';
import { NO_TRANSFERS, withoutTransfers, withTransfer } from './transfers.ts';

/** Where the tab stands: at the door, on the way in, inside, or outside again with a reason. */
export type Stage = 'outside' | 'entering' | 'inside' | 'closed';

/** What the room's log of facts says about a failed act. */
export interface Refused {
  code: ClientErrorCode;
  retryAfterMs?: number;
}
export type Outcome<T> = { ok: true; value: T } | { ok: false; refused: Refused };

/** How the room was made; fixed for its life. */
export interface RoomFacts {
  suite: number;
  history: 0 | 1;
  ttlSeconds: number;
  max: number;
}

/** How long a goodbye may take before the worker is ended without it. */
const GOODBYE_MS = 1_500;
const OFFLINE: ConnectionState = { state: 'idle' };
const NOT_A_MEMBER: Membership = { step: 'none' };

/** The one place that turns the SDK into signals. Components read them and call the verbs below. */
@Injectable({ providedIn: 'root' })
export class RoomSessionStore {
  readonly #startClient = inject(ROOM_CLIENT_FACTORY);
  readonly #now = inject(Clock).now;
  #client: RoomClientHandle | undefined;

  readonly #stage = signal<Stage>('outside');
  readonly #connection = signal(OFFLINE);
  readonly #membership = signal(NOT_A_MEMBER);
  readonly #invitation = signal<Invitation | undefined>(undefined);
  readonly #facts = signal<RoomFacts | undefined>(undefined);
  readonly #members = signal<readonly Member[]>([]);
  readonly #awaySince = signal<AwaySince>(new Map());
  readonly #timeline = signal(EMPTY_TIMELINE);
  readonly #security = signal<Security | undefined>(undefined);
  readonly #alarms = signal<readonly Alarm[]>([]);
  readonly #knocking = signal<readonly Knocker[]>([]);
  readonly #transfers = signal(NO_TRANSFERS);
  readonly #typing = signal<readonly string[]>([]);
  readonly #verified = signal<ReadonlySet<string>>(new Set());
  readonly #endsSoon = signal(false);
  readonly #closedBy = signal<CloseCode | undefined>(undefined);

  readonly stage = this.#stage.asReadonly();
  readonly connection = this.#connection.asReadonly();
  readonly membership = this.#membership.asReadonly();
  readonly invitation = this.#invitation.asReadonly();
  readonly facts = this.#facts.asReadonly();
  readonly members = this.#members.asReadonly();
  /** Since when members have been away who were here before. */
  readonly awaySince = this.#awaySince.asReadonly();
  readonly security = this.#security.asReadonly();
  /** Files on their way, up or down, by message. */
  readonly transfers = this.#transfers.asReadonly();
  /** Gravest first. */
  readonly alarms = this.#alarms.asReadonly();
  /** Who asks to be let in. */
  readonly knocking = this.#knocking.asReadonly();
  readonly sendingStopped = computed(() => stopsSending(this.#alarms()));
  /** Member ids of those who type now. */
  readonly typing = this.#typing.asReadonly();
  /** Member ids whose digits the person has compared. */
  readonly verified = this.#verified.asReadonly();
  /** The server ends the session soon unless the person does something. */
  readonly endsSoon = this.#endsSoon.asReadonly();
  readonly closedBy = this.#closedBy.asReadonly();
  /** Kept while the tab lives, so that a lost connection costs nobody a sentence. */
  readonly draft = signal('');

  readonly entries = computed(() => [...this.#timeline().settled, ...this.#timeline().pending]);
  /** What is on the screen, by id. */
  readonly messages: Signal<ReadonlyMap<string, ChatMessage>> = computed(
    () =>
      new Map(
        this.entries().flatMap((entry) => (entry.kind === 'message' ? [[entry.id, entry.message]] : [])),
      ),
  );
  /** A message, or a change of one, that the server doesn't have yet. */
  readonly unsent = computed(() =>
    [...this.messages().values()].some(({ state, change }) => state === 'sending' || change === 'sending'),
  );
  readonly canWrite = computed(() => this.#membership().step === 'active' && !this.sendingStopped());

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#end());
  }

  /** Makes a room and enters it. */
  create(options: CreateOptions): Promise<Outcome<Invitation>> {
    return this.#enter((client) => client.create(options));
  }

  /** Enters a room by its code. */
  join(options: JoinOptions): Promise<Outcome<Invitation>> {
    return this.#enter((client) => client.join(options));
  }

  /** What can be known of a room from outside. */
  async peek(code: string): Promise<Outcome<RoomPeek>> {
    return outcomeOf(this.#ensureClient().peek(code));
  }

  /** Hands a text to the send queue. */
  async send(text: string, options?: SendOptions): Promise<Outcome<unknown>> {
    const outcome = await this.#act((client) => client.send(text, options));
    if (outcome.ok) this.#endsSoon.set(false);
    return outcome;
  }

  /** The person types; the SDK tells the others no more often than it should. */
  async tellTyping(): Promise<Outcome<unknown>> {
    return this.#act((client) => client.typing());
  }

  /** Gives an own message another text. */
  async edit(messageId: string, text: string): Promise<Outcome<unknown>> {
    return this.#act((client) => client.edit(messageId, text));
  }

  /** Takes an own message back, on every screen. */
  async remove(messageId: string): Promise<Outcome<unknown>> {
    return this.#act((client) => client.remove(messageId));
  }

  /** Gives a reaction, or takes it back. */
  async react(messageId: string, emoji: string, on: boolean): Promise<Outcome<unknown>> {
    return this.#act((client) => client.react(messageId, emoji, on));
  }

  /** Whether the text of a message is one's own to change: in the log, and written as the member one is now. */
  mayChange({ own, mid, deleted, state }: ChatMessage): boolean {
    const stands = state === 'sent' || state === 'delivered';
    return own && stands && deleted !== true && this.#members().some((one) => one.self && one.mid === mid);
  }

  /** Hands over a file; its message stands at the end at once, and goes out when the server has all of it. */
  async attach(file: FileToSend): Promise<Outcome<unknown>> {
    const outcome = await this.#act((client) => client.attach(file));
    if (outcome.ok) this.#endsSoon.set(false);
    return outcome;
  }

  /** The verified bytes of a message's file. */
  async download(messageId: string): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
    return this.#act((client) => client.download(messageId));
  }

  async cancelDownload(messageId: string): Promise<Outcome<unknown>> {
    return this.#act((client) => client.cancelDownload(messageId));
  }

  async retry(messageId: string): Promise<Outcome<unknown>> {
    return this.#act((client) => client.retry(messageId));
  }

  async discard(messageId: string): Promise<Outcome<unknown>> {
    this.#timeline.update((timeline) => without(timeline, [messageId]));
    return this.#act((client) => client.discard(messageId));
  }

  /** Tries to connect, or to be let in, at once. */
  async reconnect(): Promise<Outcome<unknown>> {
    return this.#act((client) => client.reconnect());
  }

  /** Answers the notice that the session ends soon. */
  async stay(): Promise<Outcome<unknown>> {
    this.#endsSoon.set(false);
    return this.#act((client) => client.keepAlive());
  }

  /** The person has read an alarm that needs nothing but that. */
  dismiss(code: 'GAP' | 'REPLAY'): void {
    this.#alarms.update((alarms) => withoutAlarm(alarms, code));
  }

  /** The person has read the alarm that stopped sending, and sends all the same. */
  async sendAnyway(): Promise<Outcome<unknown>> {
    const outcome = await this.#act((client) => client.resumeSending());
    if (outcome.ok) this.#alarms.update(overridden);
    return outcome;
  }

  /** Removes a member; the keys and the invite change with it. */
  async kick(mid: string): Promise<Outcome<unknown>> {
    return this.#act((client) => client.kick(mid));
  }

  /** Lets somebody in who asks, or doesn't. */
  async decide(id: string, admit: boolean): Promise<Outcome<unknown>> {
    return this.#act((client) => (admit ? client.admit(id) : client.refuse(id)));
  }

  /** The words and digits to compare with the others. */
  async safety(): Promise<Outcome<Safety>> {
    const outcome = await this.#act((client) => client.safety());
    if (outcome.ok) this.#verified.set(verifiedOf(outcome.value));
    return outcome;
  }

  /** Remembers until leaving whether the person has compared a member's digits. */
  async verify(mid: string, yes: boolean): Promise<Outcome<unknown>> {
    const outcome = await this.#act((client) => client.verify(mid, yes));
    if (outcome.ok) await this.safety();
    return outcome;
  }

  /** Leaves, and forgets everything about the room at once; the goodbye to the server may fail. */
  async leave(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#forget();
    this.#stage.set('outside');
    if (!client) return;
    await Promise.race([outcomeOf(client.leave()), after(GOODBYE_MS)]);
    client.terminate();
  }

  /** From the closed page back to the door. */
  startAgain(): void {
    this.#forget();
    this.#stage.set('outside');
  }

  async #enter(way: (client: RoomClientHandle) => Promise<Invitation>): Promise<Outcome<Invitation>> {
    const client = this.#ensureClient();
    this.#forget();
    this.#stage.set('entering');
    const outcome = await outcomeOf(way(client));
    if (client !== this.#client) return outcome;
    if (outcome.ok) {
      this.#invitation.set(outcome.value);
      this.#stage.set('inside');
    } else {
      this.#end();
      this.#stage.set('outside');
    }
    return outcome;
  }

  async #act<T>(verb: (client: RoomClientHandle) => Promise<T>): Promise<Outcome<T>> {
    if (!this.#client) return { ok: false, refused: { code: 'ERR_CLOSED' } };
    return outcomeOf(verb(this.#client));
  }

  #ensureClient(): RoomClientHandle {
    if (this.#client) return this.#client;
    const client = this.#startClient();
    client.subscribe((event) => {
      if (client === this.#client) this.#apply(event);
    });
    return (this.#client = client);
  }

  #apply(event: RoomEvent): void {
    switch (event.type) {
      case 'connection':
        this.#connectionChanged(event.connection);
        break;
      case 'membership':
        this.#membership.set(event.membership);
        break;
      case 'invitation':
        this.#invitation.set(event.invitation);
        this.#facts.set(event.options);
        break;
      case 'members':
        this.#awaySince.update((since) => withMembers(since, this.#members(), event.members, this.#now()));
        this.#members.set(event.members);
        break;
      case 'message':
        this.#timeline.update((timeline) => withMessage(timeline, event.message));
        break;
      case 'transfer':
        this.#transfers.update((transfers) => withTransfer(transfers, event.transfer));
        break;
      case 'expired':
        this.#transfers.update((transfers) => withoutTransfers(transfers, event.ids));
        this.#timeline.update((timeline) => without(timeline, event.ids));
        break;
      case 'system':
        this.#timeline.update((timeline) => withSystemLine(timeline, event.line));
        break;
      case 'notice':
        this.#endsSoon.update((soon) => soon || event.code === 'EXPIRING');
        break;
      case 'alarm':
        this.#alarms.update((alarms) => withAlarm(alarms, event));
        break;
      case 'knocking':
        this.#knocking.set(event.people);
        break;
      case 'alarmEnded':
        this.#alarms.update((alarms) => withoutAlarm(alarms, event.code));
        break;
      case 'typing':
        this.#typing.set(event.mids);
        break;
      case 'security':
        this.#security.set(event.security);
        break;
    }
  }

  /** Out of tries isn't the end: the room stays on screen with a button. Every other reason is. */
  #connectionChanged(connection: ConnectionState): void {
    this.#connection.set(connection);
    if (connection.state !== 'closed' || connection.code === 'ATTEMPTS') return;
    if (this.#stage() !== 'inside') return;
    const invitation = this.#invitation();
    this.#end();
    this.#invitation.set(invitation);
    this.#closedBy.set(connection.code);
    this.#stage.set('closed');
  }

  /** Ends the worker and with it every key, and empties the screen. */
  #end(): void {
    this.#client?.terminate();
    this.#client = undefined;
    this.#forget();
  }

  #forget(): void {
    this.#connection.set(OFFLINE);
    this.#membership.set(NOT_A_MEMBER);
    this.#invitation.set(undefined);
    this.#facts.set(undefined);
    this.#members.set([]);
    this.#awaySince.set(new Map());
    this.#timeline.set(EMPTY_TIMELINE);
    this.#security.set(undefined);
    this.#alarms.set([]);
    this.#knocking.set([]);
    this.#transfers.set(NO_TRANSFERS);
    this.#verified.set(new Set());
    this.#typing.set([]);
    this.#endsSoon.set(false);
    this.#closedBy.set(undefined);
    this.draft.set('');
  }
}

const verifiedOf = ({ members }: Safety): ReadonlySet<string> =>
  new Set(members.filter((member) => member.verified).map((member) => member.mid));

const after = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function outcomeOf<T>(promise: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return { ok: false, refused: refusedBy(error) };
  }
}

function refusedBy(error: unknown): Refused {
  if (!(error instanceof ClientError)) throw error;
  const { code, retryAfterMs } = error;
  return retryAfterMs === undefined ? { code } : { code, retryAfterMs };
}
