import type { RoomEvent } from '../api.ts';
import type { Clock } from '../clock.ts';
import { Expiry } from './expiry.ts';

/** Others are told at most this often, and believe it this long. */
const TELL_EVERY_MS = 3_000;
const BELIEVED_MS = 6_000;

export interface TypingPort {
  /** Whether somebody else could see it now. */
  ready(): boolean;
  /** Fleeting: it may fail, and nobody minds. */
  tell(): Promise<void>;
}

/** Who is typing: ourselves for the others, and the others for us. Nothing of it is kept. */
export class Typing {
  readonly #clock: Clock;
  readonly #port: TypingPort;
  readonly #emit: (event: RoomEvent) => void;
  readonly #until: Expiry;
  readonly #typing = new Set<string>();
  #told = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, port: TypingPort, emit: (event: RoomEvent) => void) {
    this.#clock = clock;
    this.#port = port;
    this.#emit = emit;
    this.#until = new Expiry(clock, (mids) => this.#stopped(mids));
  }

  /** The person types. */
  typed(): void {
    if (this.#clock.now() - this.#told < TELL_EVERY_MS || !this.#port.ready()) return;
    this.#told = this.#clock.now();
    this.#port.tell().catch(() => undefined);
  }

  /** What was typed has been sent: the next letter is told at once. */
  sent(): void {
    this.#told = Number.NEGATIVE_INFINITY;
  }

  /** A member types, in hex. */
  heard(mid: string): void {
    this.#until.set(mid, this.#clock.now() + BELIEVED_MS);
    if (this.#typing.has(mid)) return;
    this.#typing.add(mid);
    this.#publish();
  }

  /** A member has said it, or is gone. */
  ended(mid: string): void {
    this.#until.delete(mid);
    this.#stopped([mid]);
  }

  clear(): void {
    this.#until.clear();
    this.#told = Number.NEGATIVE_INFINITY;
    this.#stopped([...this.#typing]);
  }

  #stopped(mids: readonly string[]): void {
    const { size } = this.#typing;
    for (const mid of mids) this.#typing.delete(mid);
    if (this.#typing.size !== size) this.#publish();
  }

  #publish(): void {
    this.#emit({ type: 'typing', mids: [...this.#typing] });
  }
}
