import { type Bytes, toHex } from './bytes.ts';
import type { Epoch } from './epoch.ts';
import { erase } from './erase.ts';
import { type DepartedSender, type HistoryBlock, MAX_HISTORY, type MessageKey } from './history-block.ts';
import type { Roster, RosterEntry } from './roster.ts';
import type { Transcript } from './transcript.ts';

/** A kept message, as `Group.forget` shows it. The last two are unknown until a newcomer has opened it. */
export interface HeldMessage {
  seq: number;
  sentMs: number | undefined;
  ttlSeconds: number | undefined;
}

/** Key and place of a message before its seq is known. */
export type UnplacedKey = Omit<MessageKey, 'seq'> & { sentMs?: number; ttlSeconds?: number };

type HeldKey = UnplacedKey & { seq: number };

/** Who signed a past message. */
export interface PastSender {
  idx: number;
  sigPub: Bytes;
}

/**
 * The keys of messages that newcomers may still read (PROTOCOL §6.14). Exists only in rooms with history; whoever owns
 * it says when a message is over.
 */
export class History {
  readonly #held = new Map<number, HeldKey>();
  readonly #unsequenced = new Map<string, UnplacedKey>();
  readonly #contexts = new Map<number, Bytes>();
  #departed: DepartedSender[] = [];

  static from(block: HistoryBlock): History {
    const history = new History();
    for (const key of block.keys) history.#held.set(key.seq, key);
    for (const { epoch, contextHash } of block.contexts) history.#contexts.set(epoch, contextHash);
    history.#departed = block.departed;
    return history;
  }

  /** Ascending, for items come in the order of their seq. */
  get seqs(): number[] {
    return [...this.#held.keys()];
  }

  keyOf(seq: number): MessageKey | undefined {
    return this.#held.get(seq);
  }

  contextHashOf(epoch: number): Bytes | undefined {
    return this.#contexts.get(epoch);
  }

  /** Who had a place in an epoch of the past, or of the present. */
  senderAt(roster: Roster, epoch: number, idx: number): PastSender | undefined {
    return (
      roster.find((entry) => entry.idx === idx && entry.joinedEpoch <= epoch) ??
      this.#departed.find((sender) => sender.idx === idx && wasHere(sender, epoch))
    );
  }

  /** An own message that isn't numbered yet. */
  sealed(itemHash: Bytes, key: UnplacedKey): void {
    this.#unsequenced.set(toHex(itemHash), key);
  }

  /** An item was numbered; counts when it is an own message. */
  sequenced(seq: number, itemHash: Bytes): void {
    const name = toHex(itemHash);
    const key = this.#unsequenced.get(name);
    if (!key) return;
    this.#unsequenced.delete(name);
    this.opened(seq, key);
  }

  /** Keeps the key of a message; the oldest give way. */
  opened(seq: number, key: UnplacedKey): void {
    this.#held.set(seq, { ...key, seq });
    const [oldest] = this.#held.keys();
    if (oldest !== undefined && this.#held.size > MAX_HISTORY) this.#drop(oldest);
  }

  /** When and for how long a message that was handed on is meant to be read. */
  dated(seq: number, sentMs: number, ttlSeconds: number): void {
    const held = this.#held.get(seq);
    if (held) Object.assign(held, { sentMs, ttlSeconds });
  }

  /** Envelopes of an epoch that weren't numbered before its end never will be. */
  epochEnded(ended: Epoch, next: Epoch): void {
    for (const { key } of this.#unsequenced.values()) erase(key);
    this.#unsequenced.clear();
    this.#contexts.set(ended.context.epoch, ended.contextHash);
    const left = leavers(ended.roster, next.roster);
    this.#departed.push(...left.map((entry) => ({ ...entry, leftEpoch: next.context.epoch })));
    this.#prune();
  }

  /** Overwrites the keys of what is over. */
  forget(isOver: (message: HeldMessage) => boolean): void {
    for (const { seq, sentMs, ttlSeconds } of [...this.#held.values()]) {
      if (isOver({ seq, sentMs, ttlSeconds })) this.#drop(seq);
    }
    this.#prune();
  }

  /** For the newcomers of a commit that leads from `ended` to a roster. Its keys are copies, to be erased. */
  block(ended: Epoch, roster: Roster, transcript: Transcript): HistoryBlock {
    const keys = this.seqs
      .flatMap((seq) => this.#held.get(seq) ?? [])
      .filter(({ seq }) => transcript.at(seq - 1) !== undefined)
      .map(({ seq, epoch, idx, counter, key }) => ({ seq, epoch, idx, counter, key: key.slice() }));
    const first = (keys[0]?.seq ?? transcript.position.seq + 1) - 1;
    const leftEpoch = ended.context.epoch + 1;
    const leaving = leavers(ended.roster, roster).map((entry) => ({ ...entry, leftEpoch }));
    const contexts = new Map(this.#contexts).set(ended.context.epoch, ended.contextHash);
    return {
      keys,
      base: { seq: first, transcript: transcript.at(first) ?? transcript.position.transcript },
      contexts: [...contexts]
        .map(([epoch, contextHash]) => ({ epoch, contextHash }))
        .filter(({ epoch }) => keys.some((key) => key.epoch === epoch)),
      departed: [...this.#departed, ...leaving].filter((sender) => wrote(sender, keys)),
    };
  }

  erase(): void {
    for (const { key } of [...this.#held.values(), ...this.#unsequenced.values()]) erase(key);
    this.#held.clear();
    this.#unsequenced.clear();
  }

  #drop(seq: number): void {
    erase(this.#held.get(seq)?.key);
    this.#held.delete(seq);
  }

  #prune(): void {
    const keys = [...this.#held.values()];
    for (const epoch of [...this.#contexts.keys()]) {
      if (!keys.some((key) => key.epoch === epoch)) this.#contexts.delete(epoch);
    }
    this.#departed = this.#departed.filter((sender) => wrote(sender, keys));
  }
}

/** The same place with another key package is another member. */
function leavers(before: Roster, after: Roster): RosterEntry[] {
  const staying = new Set(after.map(({ kph }) => toHex(kph)));
  return before.filter(({ kph }) => !staying.has(toHex(kph)));
}

function wasHere({ joinedEpoch, leftEpoch }: DepartedSender, epoch: number): boolean {
  return joinedEpoch <= epoch && epoch < leftEpoch;
}

function wrote(sender: DepartedSender, keys: readonly Pick<MessageKey, 'idx' | 'epoch'>[]): boolean {
  return keys.some(({ idx, epoch }) => idx === sender.idx && wasHere(sender, epoch));
}
