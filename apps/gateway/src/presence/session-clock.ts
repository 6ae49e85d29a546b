/** What happens when a person does nothing for long. */
export interface SessionEnd {
  /** The session ends in this many milliseconds unless something is done. */
  expiring(inMs: number): void;
  expired(): void;
}

/** One connection's session (PROTOCOL decision 7): after a long silence a notice, and some time later the end. */
export class SessionClock {
  readonly #timeoutMs: number;
  readonly #noticeMs: number;
  readonly #end: SessionEnd;
  #timer: NodeJS.Timeout;

  constructor(timeoutMs: number, noticeMs: number, end: SessionEnd) {
    this.#timeoutMs = timeoutMs;
    this.#noticeMs = noticeMs;
    this.#end = end;
    this.#timer = this.#awaitSilence();
  }

  /** An act of the person: the silence begins anew. */
  acted(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#awaitSilence();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #awaitSilence(): NodeJS.Timeout {
    return setTimeout(() => this.#giveNotice(), this.#timeoutMs).unref();
  }

  #giveNotice(): void {
    this.#end.expiring(this.#noticeMs);
    this.#timer = setTimeout(() => this.#end.expired(), this.#noticeMs).unref();
  }
}
