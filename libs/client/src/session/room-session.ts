import type { RoomJoined, WireError } from '@bytechat/protocol';
import type { Invite, KeySource, RotationPassword, Suite } from '@bytechat/crypto';
import type { ChatMessage, CloseCode, Endpoint, RoomEvent, Safety, SendOptions } from '../api.ts';
import type { Clock } from '../clock.ts';
import { Connection } from '../connection.ts';
import { ClientError, fromWire } from '../errors.ts';
import { within } from '../pause.ts';
import type { Random } from '../random.ts';
import { ServerTime } from '../server-time.ts';
import type { TransportFactory } from '../transport.ts';
import type { ActiveRoom } from './active-room.ts';
import type { Intent } from './arrival.ts';
import { Chat } from './chat.ts';
import { Entrance } from './entrance.ts';
import type { GroupRules } from './entry.ts';
import { eraseInvite } from './invite-in-use.ts';
import { Keys } from './keys.ts';
import { ServerNews } from './server-news.ts';

export interface SessionDeps {
  endpoint: Endpoint;
  transport: TransportFactory;
  clock: Clock;
  random: Random;
  keySource: KeySource;
  emit(event: RoomEvent): void;
}

export interface SessionInput {
  intent: Intent;
  /** Of a room to be made. */
  rules?: GroupRules | undefined;
  invite: Invite;
  suite: Suite;
  name: string | undefined;
  /** Kept for the stay: whoever kicks somebody changes the link, and the password goes with it. */
  password: RotationPassword | undefined;
  /** The server has the room, or has taken the request to be let in. */
  taken(joined: RoomJoined): void;
  /** The room has another link now. */
  linkChanged(code: string): void;
  /** We are in, so the room's own rules are known. */
  entered(history: 0 | 1): void;
}

/** How long the goodbye may take; erasing doesn't wait for it. */
const GOODBYE_MS = 1_000;

/**
 * One stay in one room, from the first connection to the last: what a person does in it, and its end, at which everything
 * is erased.
 */
export class RoomSession {
  readonly #deps: SessionDeps;
  readonly #invite: Invite;
  readonly #connection: Connection;
  readonly #keys: Keys;
  readonly #chat: Chat;
  readonly #entrance: Entrance;
  readonly #news: ServerNews;
  #started: { resolve(): void; reject(error: unknown): void } | undefined;
  #password: RotationPassword | undefined;
  #ended = false;

  constructor(deps: SessionDeps, input: SessionInput) {
    const { clock, random, emit } = deps;
    const { invite, intent, rules } = input;
    const time = new ServerTime(clock);
    this.#deps = deps;
    this.#invite = invite;
    this.#password = input.password;
    this.#keys = new Keys(invite, input.suite, deps.keySource);
    this.#chat = new Chat({ clock, random, emit, time, name: input.name });
    const [keys, chat] = [this.#keys, this.#chat];
    this.#connection = new Connection({
      ...deps,
      listener: {
        state: (connection) => emit({ type: 'connection', connection }),
        up: (link, { serverTime }) => {
          time.set(serverTime);
          return this.#entrance.up(link);
        },
        down: () => this.#entrance.down(),
        event: (link, event) => this.#news.received(link, event),
        closed: (code, error) => this.#closed(code, error),
      },
    });
    const connection = this.#connection;
    this.#entrance = new Entrance({
      ...{ intent, rules, invite, keys, chat, connection, clock, random, time, emit },
      host: {
        taken: (joined) => {
          input.taken(joined);
          this.#settle(undefined);
        },
        entered: (handedOn) => input.entered(handedOn),
        linkChanged: (code) => input.linkChanged(code),
        end: (code, error) => this.#end(code, error),
      },
    });
    const entrance = this.#entrance;
    this.#news = new ServerNews({ entrance, chat, connection, emit, end: (code) => this.#end(code) });
  }

  get chat(): Chat {
    return this.#chat;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when the server has the room or has taken the request. @throws {ClientError} */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#started = { resolve, reject };
      this.#keys.prepare();
      this.#connection.open();
    });
  }

  send(text: string, options?: SendOptions): ChatMessage {
    if (this.#ended) throw new ClientError('ERR_CLOSED');
    return this.#chat.send(text, options);
  }

  /** @throws {ClientError} as `RoomClient.kick` */
  async kick(mid: string): Promise<void> {
    await this.#presentRoom().care.kick(mid, this.#password);
  }

  /** @throws {ClientError} as `RoomClient.admit` */
  decide(id: string, admit: boolean): void {
    this.#presentRoom().care.decide(id, admit);
  }

  /** @throws {ClientError} ERR_CLOSED, ERR_UNSUPPORTED (in no room yet) */
  async safety(): Promise<Safety> {
    return this.#chat.security.safety(this.#presentRoom().group);
  }

  /** Tries now: to connect, or to be let in once more. */
  reconnect(): void {
    const { link } = this.#connection;
    if (!link) this.#connection.open();
    else if (this.#entrance.step === 'unanswered') this.#entrance.comeInAnew(link);
  }

  /** Erases at once, says goodbye if that is possible, and ends. */
  async leave(): Promise<void> {
    if (this.#ended) return;
    const { link } = this.#connection;
    const goodbye = link?.request('leave_room', {}).catch(() => undefined);
    this.#erase();
    if (goodbye) await within(this.#deps.clock, GOODBYE_MS, goodbye);
    this.#settle(new ClientError('ERR_CLOSED'));
    this.#connection.close('LEFT');
  }

  #presentRoom(): ActiveRoom {
    if (this.#ended) throw new ClientError('ERR_CLOSED');
    if (!this.#entrance.room) throw new ClientError('ERR_UNSUPPORTED');
    return this.#entrance.room;
  }

  #closed(code: CloseCode, error: WireError | undefined): void {
    if (code === 'ATTEMPTS' && this.#entrance.isTaken) return;
    const refusal = error ? fromWire(error) : new ClientError('ERR_OFFLINE');
    this.#erase();
    this.#settle(refusal);
  }

  #end(code: CloseCode, error?: unknown): void {
    this.#erase();
    this.#settle(error ?? new ClientError('ERR_CLOSED'));
    this.#connection.close(code);
  }

  #erase(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#entrance.end();
    this.#chat.clear();
    this.#keys.erase();
    this.#password = undefined;
    eraseInvite(this.#invite);
  }

  #settle(error: unknown): void {
    const started = this.#started;
    this.#started = undefined;
    if (error === undefined) started?.resolve();
    else started?.reject(error);
  }
}
