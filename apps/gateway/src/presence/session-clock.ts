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
  #isNoticeGiven = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number, noticeMs: number, end: SessionEnd) {
    this.#timeoutMs = timeoutMs;
    this.#noticeMs = noticeMs;
    this.#end = end;
    this.#awaitSilence(timeoutMs);
  }

  /** An act of the person: the silence begins anew. */
  acted(): void {
    this.#isNoticeGiven = false;
    this.#awaitSilence(this.#timeoutMs);
  }

  /** The store knows the silence better: it began on another connection, perhaps. */
  silentFor(ms: number): void {
    if (!this.#isNoticeGiven) this.#awaitSilence(Math.max(0, this.#timeoutMs - ms));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #awaitSilence(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveNotice(), ms).unref();
  }

  #giveNotice(): void {
    this.#isNoticeGiven = true;
    this.#end.expiring(this.#noticeMs);
    this.#timer = setTimeout(() => this.#end.expired(), this.#noticeMs).unref();
  }
}
