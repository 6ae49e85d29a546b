import type { Clock } from '../clock.ts';
import { ClientError, type ClientErrorCode } from '../errors.ts';
import { Pause } from '../pause.ts';
import { TransportError } from '../transport.ts';
import type { FilePort } from './file-port.ts';

const BREATHER_MS = 1_000;
/** While there is no room to ask; `wake` ends it. */
const LONG_MS = 60_000;

/** Refusals after which the same chunk is asked for again: the server is busy, or we are on our way back in. */
const PASSING: ReadonlySet<ClientErrorCode> = new Set<ClientErrorCode>([
  'ERR_RATE',
  'ERR_LOCKED',
  'ERR_BUSY',
  'ERR_INDETERMINATE',
  'ERR_NOT_MEMBER',
]);

/** Asks the room again and again, over broken connections and rejoins, until there is an answer or nobody waits for it. */
export class Patience {
  readonly #port: () => FilePort | undefined;
  readonly #clock: Clock;
  readonly #pauses = new Set<Pause>();
  #stopped = false;

  constructor(clock: Clock, port: () => FilePort | undefined) {
    this.#port = port;
    this.#clock = clock;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** @throws {ClientError} a refusal that lasts; ERR_CANCELLED after `stop` */
  async ask<T>(request: (port: FilePort) => Promise<T>): Promise<T> {
    for (;;) {
      this.#requireWanted();
      const port = this.#port();
      if (!port?.ready()) {
        await this.#sleep(LONG_MS);
        continue;
      }
      try {
        const answer = await request(port);
        this.#requireWanted();
        return answer;
      } catch (error) {
        await this.#sleep(this.#waitAfter(error));
      }
    }
  }

  /** Something changed that may let the next try succeed. */
  wake(): void {
    for (const pause of this.#pauses) pause.wake();
  }

  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  async #sleep(ms: number): Promise<void> {
    const pause = new Pause(this.#clock);
    this.#pauses.add(pause);
    await pause.sleep(ms);
    this.#pauses.delete(pause);
  }

  #requireWanted(): void {
    if (this.#stopped) throw new ClientError('ERR_CANCELLED');
  }

  /** How long to wait after a failure. @throws what no waiting changes */
  #waitAfter(error: unknown): number {
    if (this.#stopped) return 0;
    if (error instanceof TransportError) return BREATHER_MS;
    if (error instanceof ClientError && PASSING.has(error.code)) return error.retryAfterMs ?? BREATHER_MS;
    throw error;
  }
}
