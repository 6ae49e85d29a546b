import type { Bytes } from '@bytechat/protocol';
import type { ClientErrorCode } from '../errors.ts';
import { ClientError } from '../errors.ts';
import type { Clock } from '../clock.ts';
import { sameBytes, toHex } from '../hex.ts';
import { Pause } from '../pause.ts';
import type { Random } from '../random.ts';
import type { SendOutcome } from './send-outcome.ts';

/** Texts that may wait at once. */
export const MAX_QUEUED = 50;

export interface Sealed {
  env: Bytes;
  epoch: number;
}

/** The room that the queue sends into. It is another object after every rejoin. */
export interface SendPort {
  /** False while a message could not go anywhere (offline, recovering, not a member). */
  ready(): boolean;
  epoch(): number;
  /** `until`: when the content is over if that is before its usual time, in ms of the own clock. */
  seal(type: number, body: Bytes, until?: number): Promise<Sealed>;
  deliver(cid: Bytes, sealed: Sealed): Promise<SendOutcome>;
  /** Hands a stored message to the inbox and resolves when its turn has come. */
  arrive(seq: number, at: number, env: Bytes): Promise<void>;
  /** Brings the room up to date with the log as far as that is possible now; never throws. */
  catchUp(): Promise<void>;
  expelled(): void;
}

export interface QueueListener {
  sent(id: string, at: number): void;
  failed(id: string, code: ClientErrorCode): void;
}

interface Outgoing {
  id: string;
  cid: Bytes;
  type: number;
  body: Bytes;
  /** Whether a person waits for it to appear. */
  text: boolean;
  /** Whether it is of no use later. */
  fleeting: boolean;
  until?: number | undefined;
  sealed?: Sealed;
  /** The bytes may have been stored: they must not be sealed again before the server denies it. */
  uncertain: boolean;
  done: boolean;
}

/** Between two tries when the room answers oddly. */
const BREATHER_MS = 500;

/**
 * Sends in order, one at a time: a message is sealed only when the one before it has its number. Only a hard refusal
 * fails a message; everything else is tried again, in place.
 */
export class SendQueue {
  readonly #random: Random;
  readonly #listener: QueueListener;
  readonly #pause: Pause;
  #waiting: Outgoing[] = [];
  readonly #failed = new Map<string, Outgoing>();
  #port: SendPort | undefined;
  /** Sent perhaps and given up: what comes of it is ours all the same. */
  #abandoned: Bytes[] = [];
  #held = false;
  #pumping = false;

  constructor(clock: Clock, random: Random, listener: QueueListener) {
    this.#random = random;
    this.#listener = listener;
    this.#pause = new Pause(clock);
  }

  /** Texts that have no number yet. */
  get length(): number {
    return this.#waiting.filter(({ text }) => text).length;
  }

  /** Nothing is on its way, and nothing could go now. */
  get isIdle(): boolean {
    return this.#next() === undefined;
  }

  /** Content that is dropped where it would have to wait. */
  addFleeting(type: number): void {
    this.#push({ id: '', type, body: new Uint8Array(0), text: false, fleeting: true });
  }

  /** For content that isn't ready to be queued yet. */
  newId(): string {
    return toHex(this.#random.bytes(16));
  }

  /** Queues content and answers with its id. `until` as in `SendPort.seal`. @throws {ClientError} ERR_QUEUE_FULL. */
  add(type: number, body: Bytes, text: boolean, until?: number, id = this.newId()): string {
    if (text && this.length >= MAX_QUEUED) throw new ClientError('ERR_QUEUE_FULL');
    this.#push({ id, type, body, text, fleeting: false, until });
    return id;
  }

  /** Back to the end of the queue, as a new message for the server. @throws {ClientError} ERR_QUEUE_FULL. */
  retry(id: string): boolean {
    const entry = this.#failed.get(id);
    if (!entry) return false;
    if (this.length >= MAX_QUEUED) throw new ClientError('ERR_QUEUE_FULL');
    this.#failed.delete(id);
    const { type, body, text } = entry;
    this.#push({ id, type, body, text, fleeting: false });
    return true;
  }

  /** Takes away a message that failed or that has never been sent. */
  discard(id: string): boolean {
    const entry = this.#failed.get(id) ?? this.#waiting.find((one) => one.id === id && !one.sealed);
    if (!entry) return false;
    this.#failed.delete(id);
    this.#remove(entry);
    entry.body.fill(0);
    return true;
  }

  /** Whether these bytes of the log are the ones that wait for their number; if so they have it. */
  isOwn(env: Bytes): boolean {
    const sealed = this.#waiting[0]?.sealed;
    if (sealed && sameBytes(sealed.env, env)) return true;
    return this.#abandoned.some((bytes) => sameBytes(bytes, env));
  }

  /** The own bytes have been taken from the log or from their acknowledgement. Answers with the text's id. */
  arrived(env: Bytes, at: number): string | undefined {
    const entry = this.#waiting[0];
    if (!entry?.sealed || !sameBytes(entry.sealed.env, env)) return undefined;
    entry.done = true;
    this.#remove(entry);
    entry.body.fill(0);
    this.#listener.sent(entry.id, at);
    this.#pause.wake();
    return entry.text ? entry.id : undefined;
  }

  /** Texts wait here for a person (or go on). What others need to see of us goes on in any case. */
  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.kick();
  }

  /**
   * Sends into another group from now on (or nowhere). What may have been stored in the old one can't be repeated in the
   * new one, so a person has to decide.
   */
  attach(port: SendPort | undefined): void {
    this.#port = port;
    this.#abandoned = [];
    for (const entry of [...this.#waiting]) {
      if (entry.uncertain) this.#fail(entry, 'ERR_INDETERMINATE');
      else delete entry.sealed;
    }
    this.#pause.wake();
    this.kick();
  }

  /** Fails all that waits: nothing may be sent any more. */
  failAll(code: ClientErrorCode): void {
    for (const entry of [...this.#waiting]) this.#fail(entry, code);
    this.#pause.wake();
  }

  /** Something changed that may let messages go. */
  kick(): void {
    if (!this.#pumping) void this.#pump();
  }

  /** Forgets everything and overwrites it. */
  clear(): void {
    for (const { body, sealed } of [...this.#waiting, ...this.#failed.values()]) {
      body.fill(0);
      sealed?.env.fill(0);
    }
    this.#waiting = [];
    this.#abandoned = [];
    this.#failed.clear();
    this.#port = undefined;
    this.#pause.wake();
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      for (;;) {
        const entry = this.#next();
        const port = this.#port;
        if (!entry || !port?.ready()) return;
        this.#waiting = [entry, ...this.#waiting.filter((one) => one !== entry)];
        await this.#step(entry, port);
      }
    } finally {
      this.#pumping = false;
    }
  }

  #push(content: Pick<Outgoing, 'id' | 'type' | 'body' | 'text' | 'fleeting' | 'until'>): void {
    this.#waiting.push({ ...content, cid: this.#random.bytes(16), uncertain: false, done: false });
    this.kick();
  }

  /** The first; while texts are held, the first that isn't one, unless something is on its way already. */
  #next(): Outgoing | undefined {
    const [first] = this.#waiting;
    if (!this.#held || !first?.text || first.sealed) return first;
    return this.#waiting.find(({ text }) => !text);
  }

  async #step(entry: Outgoing, port: SendPort): Promise<void> {
    if (entry.sealed && !entry.uncertain && entry.sealed.epoch !== port.epoch()) delete entry.sealed;
    try {
      const sealed = (entry.sealed ??= await port.seal(entry.type, entry.body, entry.until));
      if (!this.#isCurrent(entry, port)) return;
      const wasUncertain = entry.uncertain;
      entry.uncertain = true;
      const outcome = await port.deliver(entry.cid, sealed);
      if (!this.#isCurrent(entry, port)) return;
      entry.uncertain = staysUncertain(outcome, wasUncertain);
      await this.#conclude(entry, sealed, port, outcome);
    } catch (error) {
      if (this.#isCurrent(entry, port)) this.#fail(entry, codeOf(error));
    }
  }

  async #conclude(entry: Outgoing, sealed: Sealed, port: SendPort, outcome: SendOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'stored':
        return this.#stored(entry, sealed, port, outcome);
      case 'wait':
        if (!entry.fleeting || entry.uncertain) return this.#rest(port, outcome.ms);
        this.#remove(entry);
        return;
      case 'uncertain':
        return this.#rest(port, outcome.ms);
      case 'stale':
        delete entry.sealed;
        return this.#recover(port, sealed.epoch);
      case 'moved':
        await port.catchUp();
        return this.#rest(port, BREATHER_MS);
      case 'known':
        return this.#known(entry, port);
      case 'expelled':
        port.expelled();
        return;
      case 'failed':
        this.#fail(entry, outcome.code);
        return;
    }
  }

  async #stored(
    entry: Outgoing,
    sealed: Sealed,
    port: SendPort,
    at: { seq: number; at: number },
  ): Promise<void> {
    try {
      await port.arrive(at.seq, at.at, sealed.env);
    } catch {
      // The room ended before the turn of this message came; it is in the log all the same.
    }
    if (!entry.done && this.#waiting.includes(entry)) this.arrived(sealed.env, at.at);
  }

  async #rest(port: SendPort, ms: number): Promise<void> {
    if (ms > 0 && port.ready()) await this.#pause.sleep(ms);
  }

  async #recover(port: SendPort, epoch: number): Promise<void> {
    await port.catchUp();
    if (port.epoch() === epoch) await this.#rest(port, BREATHER_MS);
  }

  async #known(entry: Outgoing, port: SendPort): Promise<void> {
    await port.catchUp();
    if (!entry.done && this.#isCurrent(entry, port)) this.#fail(entry, 'ERR_DUPLICATE');
  }

  #isCurrent(entry: Outgoing, port: SendPort): boolean {
    return this.#port === port && this.#waiting[0] === entry;
  }

  #fail(entry: Outgoing, code: ClientErrorCode): void {
    this.#remove(entry);
    if (entry.sealed && entry.uncertain) this.#abandoned.push(entry.sealed.env);
    delete entry.sealed;
    if (!entry.text) return;
    this.#failed.set(entry.id, entry);
    this.#listener.failed(entry.id, code);
  }

  #remove(entry: Outgoing): void {
    this.#waiting = this.#waiting.filter((one) => one !== entry);
  }
}

/** Whether earlier bytes of the message may lie in the log. */
function staysUncertain(outcome: SendOutcome, before: boolean): boolean {
  switch (outcome.kind) {
    case 'uncertain':
      return true;
    case 'wait':
    case 'moved':
    case 'expelled':
      return before;
    default:
      return false;
  }
}

function codeOf(error: unknown): ClientErrorCode {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && code.startsWith('ERR_') ? (code as ClientErrorCode) : 'ERR_UNSUPPORTED';
}
