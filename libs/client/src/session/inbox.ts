import type { AckBodies, Bytes, LogItem } from '@bytechat/protocol';
import type { Clock } from '../clock.ts';
import { Pause } from '../pause.ts';

/** One numbered item of the room's log, however it came. */
export type Item =
  | LogItem
  /** Our own message: its acknowledgement is its arrival. */
  | { kind: 'own'; seq: number; at: number; env: Bytes };

export type Page = AckBodies['sync_room'];

export interface InboxPort {
  /** The newest item that has been taken. */
  position(): number;
  /**
   * Takes the next item. `incomplete`: only the log has all of it (a rekey without our wrap).
   * @param fromLog whether the item came from the log, so that asking again is of no use
   */
  take(item: Item, fromLog: boolean): Promise<'taken' | 'incomplete'>;
  /** The page of the log after `seq`. Throws when it can't be had now. */
  fetch(seq: number): Promise<Page>;
  /** The server is of another group than we are. */
  discontinued(): void;
  /** The server names a position that it has no items for. */
  unfillable(): void;
}

/** How long a hint may be overtaken by a later one before the log is asked. */
const OVERTAKEN_MS = 120;
/** Hints kept while something before them is missing; what is farther ahead comes from the log. */
const MAX_BUFFERED = 1_024;

/**
 * Brings items into order: each is taken exactly once and exactly after the one before it. Hints in order are taken at
 * once, repeated ones dropped, and a hole is filled from the log while later hints wait.
 */
export class Inbox {
  readonly #port: InboxPort;
  readonly #pause: Pause;
  readonly #buffer = new Map<number, Item>();
  readonly #reached = new Set<{ seq: number; resolve(): void; reject(reason: Error): void }>();
  #head = 0;
  #mustAsk = false;
  #asksInVain = false;
  #working: Promise<void> | undefined;
  #stopped = false;

  constructor(port: InboxPort, clock: Clock) {
    this.#port = port;
    this.#pause = new Pause(clock);
  }

  /** A hint, or the acknowledgement of something of ours. */
  offer(item: Item): void {
    if (this.#stopped || item.seq <= this.#port.position()) return;
    this.#keep(item);
    this.#head = Math.max(this.#head, item.seq);
    if (item.seq === this.#port.position() + 1) this.#pause.wake();
    this.#workQuietly();
  }

  /** The room is at `seq`, as a beacon tells. */
  behind(seq: number): void {
    if (this.#stopped || seq <= this.#head) return;
    this.#head = seq;
    this.#workQuietly();
  }

  /** Asks the log until nothing is missing. Rejects when it can't be asked now. */
  sync(): Promise<void> {
    if (this.#stopped) return Promise.reject(new Error('The inbox is closed.'));
    this.#mustAsk = true;
    this.#pause.wake();
    return this.#work();
  }

  /** Resolves when everything up to `seq` has been taken; rejects when the inbox stops before. */
  async reached(seq: number): Promise<void> {
    if (seq <= this.#port.position()) return;
    if (this.#stopped) throw new Error('The inbox is closed.');
    await new Promise<void>((resolve, reject) => this.#reached.add({ seq, resolve, reject }));
  }

  stop(): void {
    this.#stopped = true;
    this.#buffer.clear();
    this.#pause.wake();
    for (const { reject } of this.#reached) reject(new Error('The inbox is closed.'));
    this.#reached.clear();
  }

  #keep(item: Item): void {
    const known = this.#buffer.get(item.seq);
    if (known && !isBetter(item, known)) return;
    if (item.seq > this.#port.position() + MAX_BUFFERED) return;
    this.#buffer.set(item.seq, item);
  }

  #workQuietly(): void {
    this.#work().catch(() => undefined);
  }

  #work(): Promise<void> {
    this.#working ??= this.#run().finally(() => (this.#working = undefined));
    return this.#working;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const next = this.#buffer.get(this.#port.position() + 1);
      if (next) await this.#take(next, false);
      else if (this.#mustAsk) await this.#ask();
      else if (this.#head > this.#port.position()) await this.#waitForOvertaken();
      else return;
    }
  }

  async #waitForOvertaken(): Promise<void> {
    await this.#pause.sleep(OVERTAKEN_MS);
    if (!this.#buffer.has(this.#port.position() + 1)) this.#mustAsk = true;
  }

  async #take(item: Item, fromLog: boolean): Promise<void> {
    this.#buffer.delete(item.seq);
    const outcome = await this.#port.take(item, fromLog);
    if (outcome === 'incomplete') this.#mustAsk = true;
    for (const waiter of this.#reached) {
      if (waiter.seq > this.#port.position()) continue;
      this.#reached.delete(waiter);
      waiter.resolve();
    }
  }

  async #ask(): Promise<void> {
    const from = this.#port.position();
    this.#mustAsk = false;
    const page = await this.#port.fetch(from);
    if (this.#stopped) return;
    if (!page.recovered) {
      this.#port.discontinued();
      return;
    }
    for (const item of page.items) await this.#takeFromLog(item);
    // What a beacon said before is settled; hints that lie here count on.
    this.#head = Math.max(this.#port.position(), page.head.seq, ...this.#buffer.keys());
    if (page.more) this.#mustAsk = true;
    if (this.#port.position() > from || this.#head === from) this.#asksInVain = false;
    else this.#giveUp(page.more);
  }

  /** What we know better than the log (that an item is our own) wins over what it says. */
  async #takeFromLog(item: LogItem): Promise<void> {
    if (this.#stopped || item.seq !== this.#port.position() + 1) return;
    const known = this.#buffer.get(item.seq);
    if (known?.kind === 'own') await this.#take(known, false);
    else await this.#take(item, true);
  }

  /** The log had nothing of what is missing: once more at the next hint, with an alarm when that is in vain too. */
  #giveUp(more: boolean): void {
    this.#head = this.#port.position();
    this.#mustAsk = false;
    if (this.#asksInVain || more) this.#port.unfillable();
    this.#asksInVain = true;
  }
}

function isBetter(item: Item, known: Item): boolean {
  if (known.kind === 'own') return false;
  if (item.kind === 'own') return true;
  return known.kind === 'commit' && known.wrap === undefined && item.kind === 'commit';
}
