import {
  ClientError,
  type ChatMessage,
  type ConnectionState,
  type FileToSend,
  type Invitation,
  type Membership,
  type RoomClient,
  type RoomEvent,
} from '@bytechat/client';
import { closing, failureOf } from '../error-texts.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure, Interruption } from '../failure.ts';

/** A command gives up after so many failed connections, unless it had been in. */
const TRIES = 3;
/** Longest wait that a server may ask of a command that is not in yet. */
const LONGEST_WAIT_MS = 10_000;

/** What a stay needs of the SDK. */
export type StayClient = Pick<
  RoomClient,
  'create' | 'join' | 'send' | 'attach' | 'download' | 'keepAlive' | 'leave' | 'subscribe'
>;

/** One stay in one room, as promises: in, said, over. */
export class Stay {
  readonly #client: StayClient;
  readonly #keepsAlive: boolean;
  readonly #over = new AbortController();
  readonly #inside = Promise.withResolvers<undefined>();
  readonly #unsaid = new Map<string, PromiseWithResolvers<undefined>>();
  #taken = false;
  #isInside = false;
  #others = 0;

  /**
   * @param interrupted ends the stay with its reason
   * @param keepsAlive whether silence is no reason to be sent away
   */
  constructor(client: StayClient, interrupted: AbortSignal, keepsAlive: boolean) {
    this.#client = client;
    this.#keepsAlive = keepsAlive;
    this.#inside.promise.catch(() => undefined);
    client.subscribe((event) => this.#take(event));
    const interrupt = (): void => this.#end(interrupted.reason as Failure);
    if (interrupted.aborted) interrupt();
    else interrupted.addEventListener('abort', interrupt, { signal: this.#over.signal });
  }

  /** Aborted when the stay has ended; its reason is a `Failure`. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** How many others are in the room and connected. */
  get others(): number {
    return this.#others;
  }

  /** Resolves when one can write. @throws {Failure} {ClientError} */
  async enter(way: (client: StayClient) => Promise<Invitation>): Promise<Invitation> {
    const [invitation] = await Promise.all([way(this.#client), this.#inside.promise]);
    return invitation;
  }

  /** Resolves when the server has acknowledged the text. @throws {Failure} {ClientError} */
  say(text: string): Promise<void> {
    return this.#handOver(() => this.#client.send(text));
  }

  /** Resolves when the server has all of the file and has acknowledged its message. @throws {Failure} {ClientError} */
  attach(file: FileToSend): Promise<void> {
    return this.#handOver(() => this.#client.attach(file));
  }

  /** The verified bytes of a message's file. @throws {ClientError} */
  fetch(messageId: string): Promise<Uint8Array> {
    return this.#client.download(messageId);
  }

  async #handOver(act: () => Promise<ChatMessage>): Promise<void> {
    this.#over.signal.throwIfAborted();
    const { id } = await act();
    const outcome = this.#outcome(id);
    if (this.#over.signal.aborted) outcome.reject(this.#over.signal.reason);
    try {
      await outcome.promise;
    } finally {
      this.#unsaid.delete(id);
    }
  }

  /** Resolves when the person has interrupted. @throws {Failure} when the stay ended otherwise. */
  async untilInterrupted(): Promise<void> {
    const { signal } = this.#over;
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    this.requireNoFailure();
  }

  /** @throws {Failure} when the stay has ended, and not because the person wanted it. */
  requireNoFailure(): void {
    const { signal } = this.#over;
    if (signal.aborted && !(signal.reason instanceof Interruption)) throw signal.reason as Failure;
  }

  /** Says goodbye and forgets every key. */
  async leave(): Promise<void> {
    await this.#client.leave();
    this.#end(closing('LEFT'));
  }

  #take(event: RoomEvent): void {
    if (event.type === 'invitation') this.#taken = true;
    else if (event.type === 'connection') this.#connection(event.connection);
    else if (event.type === 'membership') this.#membership(event.membership);
    else if (event.type === 'message') this.#message(event.message);
    else if (event.type === 'expired') this.#expired(event.ids);
    else if (event.type === 'members')
      this.#others = event.members.filter(({ self, present }) => present && !self).length;
    else if (event.type === 'notice' && event.code === 'EXPIRING' && this.#keepsAlive)
      // Too late is told by the end that follows.
      this.#client.keepAlive().catch(() => undefined);
  }

  /** Before the room has taken us, the refused call tells why it was closed. */
  #connection(connection: ConnectionState): void {
    if (connection.state === 'closed' && this.#taken) this.#end(closing(connection.code));
    if (connection.state !== 'waiting' || this.#isInside) return;
    const isLong = connection.retryAt - Date.now() > LONGEST_WAIT_MS;
    if (connection.attempt > TRIES || isLong) this.#end(failureOf('ERR_OFFLINE'));
  }

  #membership({ step }: Membership): void {
    if (step === 'active') {
      this.#isInside = true;
      this.#inside.resolve(undefined);
    } else if (step === 'unanswered') {
      this.#end(new Failure(EXIT.unavailable, 'Nobody inside has let you in for a minute. Try again later.'));
    }
  }

  #message({ own, id, state, error }: ChatMessage): void {
    if (!own || state === 'sending') return;
    const outcome = this.#outcome(id);
    if (state === 'sent') outcome.resolve(undefined);
    else outcome.reject(new ClientError(error ?? 'ERR_CLOSED'));
  }

  #expired(ids: readonly string[]): void {
    const late = new Failure(EXIT.failed, 'The time of the message was over before it could be sent.');
    for (const id of ids) this.#unsaid.get(id)?.reject(late);
  }

  /** News of a text may come before `send` has told us its id. */
  #outcome(id: string): PromiseWithResolvers<undefined> {
    const known = this.#unsaid.get(id);
    if (known) return known;
    const outcome = Promise.withResolvers<undefined>();
    outcome.promise.catch(() => undefined);
    this.#unsaid.set(id, outcome);
    return outcome;
  }

  #end(reason: Failure): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort(reason);
    this.#inside.reject(reason);
    for (const outcome of this.#unsaid.values()) outcome.reject(reason);
  }
}
