import { PENDING_SECONDS } from '@bytechat/protocol';
import type { Bytes } from '@bytechat/crypto';
import type { Knocker } from '../api.ts';
import type { Clock } from '../clock.ts';
import { toHex } from '../hex.ts';
import { defaultName } from '../names.ts';
import { Expiry } from './expiry.ts';

/** A key package that passed all checks. */
export interface Checked {
  kp: Bytes;
  kph: Bytes;
  sigPub: Bytes;
}

/** Those who ask to be let in where members decide by hand. */
export class Doorstep {
  readonly #clock: Clock;
  readonly #changed: (people: Knocker[]) => void;
  readonly #expiry: Expiry;
  readonly #waiting = new Map<string, { checked: Checked; person: Knocker }>();
  /** Whoever was decided on doesn't ask twice: the server may name a newcomer more than once. */
  readonly #decided = new Set<string>();

  constructor(clock: Clock, changed: (people: Knocker[]) => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.#expiry = new Expiry(clock, (ids) => this.#drop(ids));
  }

  /** @param mid what the newcomer will be called by, once in */
  knocks(checked: Checked, mid: Bytes): void {
    const id = toHex(checked.kph);
    if (this.#waiting.has(id) || this.#decided.has(id)) return;
    const since = this.#clock.now();
    this.#waiting.set(id, { checked, person: { id, mid: toHex(mid), name: defaultName(mid), since } });
    this.#expiry.set(id, since + PENDING_SECONDS * 1_000);
    this.#tell();
  }

  /** The person has decided. Undefined when nobody of that id asks any more. */
  take(id: string): Checked | undefined {
    const found = this.#waiting.get(id);
    this.#drop([id]);
    return found?.checked;
  }

  /** Somebody else has let them in. */
  admitted(kphs: readonly Bytes[]): void {
    this.#drop(kphs.map(toHex));
  }

  clear(): void {
    this.#drop([...this.#waiting.keys()]);
  }

  #drop(ids: readonly string[]): void {
    const known = ids.filter((id) => this.#waiting.delete(id));
    for (const id of known) {
      this.#decided.add(id);
      this.#expiry.delete(id);
    }
    if (known.length > 0) this.#tell();
  }

  #tell(): void {
    this.#changed([...this.#waiting.values()].map(({ person }) => person));
  }
}
