import type { Bytes } from '@bytechat/crypto';
import type { Clock, Timer } from '../clock.ts';
import { ClientError } from '../errors.ts';
import { Pause } from '../pause.ts';
import type { Random } from '../random.ts';
import { TransportError } from '../transport.ts';

export interface KeyRenewalPort {
  /** The keys that others wrap to have decrypted something. */
  needed(): boolean;
  /** Makes the next ones; they count at once for what others wrap. */
  make(): Promise<{ bytes: Bytes; kuSeq: number }>;
  /** Whether the server can be told now. */
  ready(): boolean;
  /** @throws {ClientError} {TransportError} */
  upload(bytes: Bytes): Promise<unknown>;
  stored(kuSeq: number): Promise<void>;
  dropOld(): Promise<void>;
  /** The used keys should be gone, and no newer ones could be given to the server. */
  overdue(): void;
}

/** The keys of a whole room are used by one commit: their owners don't all make new ones in the same moment. */
const SPREAD_MS = 5_000;
/** How long used keys stay after the server has newer ones: somebody may just be wrapping to them (PROTOCOL §6.9). */
export const KEY_GRACE_MS = 60_000;
/** Used keys live no longer than this, and no longer than a message. */
const LONGEST_USE_MS = 600_000;
const BREATHER_MS = 2_000;

/**
 * Replaces the keys that others wrap to once they were used, and erases the used ones: what was stolen before opens nothing
 * that comes after (PROTOCOL §6.9).
 */
export class KeyRenewal {
  readonly #port: KeyRenewalPort;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #longestUseMs: number;
  readonly #again: Pause;
  /** The newest update, which a server that has lost it gets once more. */
  #newest: Bytes | undefined;
  #start: Timer | undefined;
  #erasure: Timer | undefined;
  #deadline: Timer | undefined;
  #working = false;
  #stopped = false;

  constructor(port: KeyRenewalPort, clock: Clock, random: Random, messageMs: number) {
    this.#port = port;
    this.#clock = clock;
    this.#random = random;
    this.#longestUseMs = Math.min(LONGEST_USE_MS, messageMs);
    this.#again = new Pause(clock);
  }

  /** There is a connection again; what the server had may be lost. */
  returned(): void {
    this.#again.wake();
    // In vain: at the next return.
    if (this.#newest && !this.#working) this.#port.upload(this.#newest).catch(() => undefined);
    this.look();
  }

  /** Something may have been decrypted with the keys. */
  look(): void {
    if (this.#stopped || this.#working || !this.#port.needed()) return;
    this.#deadline ??= this.#clock.schedule(this.#longestUseMs, () => this.#port.overdue());
    this.#start ??= this.#clock.schedule(this.#random.fraction() * SPREAD_MS, () => void this.#renew());
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of [this.#start, this.#erasure, this.#deadline]) timer?.cancel();
    this.#again.wake();
  }

  async #renew(): Promise<void> {
    this.#start = undefined;
    this.#working = true;
    try {
      const { bytes, kuSeq } = await this.#port.make();
      if (await this.#upload(bytes)) {
        this.#newest = bytes;
        await this.#stored(kuSeq);
      }
    } catch {
      // The group was erased meanwhile, or has no more updates: the deadline decides.
    }
    this.#working = false;
    this.look();
  }

  async #stored(kuSeq: number): Promise<void> {
    await this.#port.stored(kuSeq);
    this.#deadline?.cancel();
    this.#deadline = undefined;
    this.#erasure?.cancel();
    this.#erasure = this.#clock.schedule(KEY_GRACE_MS, () => {
      // An erased group holds no keys.
      this.#port.dropOld().catch(() => undefined);
    });
  }

  /** The same bytes until the server has them. False when it never will. */
  async #upload(bytes: Bytes): Promise<boolean> {
    while (!this.#stopped) {
      let breather = BREATHER_MS;
      try {
        if (this.#port.ready()) {
          await this.#port.upload(bytes);
          return true;
        }
      } catch (error) {
        const isTransient = error instanceof ClientError && TRANSIENT.has(error.code);
        if (!isTransient && !(error instanceof TransportError)) return false;
        if (isTransient) breather = error.retryAfterMs ?? BREATHER_MS;
      }
      await this.#again.sleep(breather);
    }
    return false;
  }
}

const TRANSIENT: ReadonlySet<string> = new Set(['ERR_RATE', 'ERR_BUSY', 'ERR_INDETERMINATE']);
