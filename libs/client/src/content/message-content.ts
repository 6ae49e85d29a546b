import type { Reaction } from '../api.ts';
import { compare, type Operation, type Place } from './operation.ts';

/** What a message looks like now. */
export interface ContentView {
  text: string;
  edited: boolean;
  deleted: boolean;
  reactions: Reaction[];
}

/** Emoji shown below one message; more are not counted. */
export const MAX_REACTION_KINDS = 24;

interface Placed {
  operation: Operation;
  place: Place;
}

/** One message and all that has become of it: a function of the items about it and their places in the log. */
export class MessageContent {
  /** Whose it is, in hex. One's own may have been written before one was a member. */
  mid: string;
  #text: string;
  /** The latest item for each thing that can change: the text, and each member's use of each emoji. */
  readonly #latest = new Map<string, Placed>();
  /** Ours that have no number yet, in the order they were made. */
  readonly #pending = new Map<string, Operation>();
  #deleted = false;
  /** Where the message and its edits stand in the log. */
  readonly places: Place[] = [];

  constructor(mid: string, text: string) {
    this.mid = mid;
    this.#text = text;
  }

  /** An item of the log. Answers whether anything looks different now. */
  take(operation: Operation, place: Place): boolean {
    const wasPending = this.#pending.delete(operation.key);
    return this.#settle(operation, place) || wasPending;
  }

  /** An act of ours that is on its way. */
  expect(operation: Operation): boolean {
    if (!this.#allows(operation)) return false;
    this.#pending.set(operation.key, operation);
    return true;
  }

  /** It will never get a number. */
  giveUp(key: string): boolean {
    return this.#pending.delete(key);
  }

  get isDeleted(): boolean {
    return this.#deleted;
  }

  /** `self`: whose reactions are one's own. */
  view(self: string): ContentView {
    const pending = [...this.#pending.values()];
    if (this.#deleted || pending.some(({ kind }) => kind === 'delete'))
      return { text: '', edited: false, deleted: true, reactions: [] };
    const edit = pending.findLast(isEdit) ?? [...this.#latest.values()].map(operationOf).find(isEdit);
    return {
      text: edit?.text ?? this.#text,
      edited: edit !== undefined,
      deleted: false,
      reactions: this.#reactions(self),
    };
  }

  #settle(operation: Operation, place: Place): boolean {
    if (!this.#allows(operation)) return false;
    if (operation.kind === 'delete') return this.#erase();
    if (operation.kind === 'edit') this.places.push(place);
    const slot = slotOf(operation);
    const known = this.#latest.get(slot);
    if (known && compare(known.place, place) >= 0) return false;
    this.#latest.set(slot, { operation, place });
    return true;
  }

  /** Only the author changes the text, and nothing changes what is deleted. */
  #allows({ kind, mid }: Operation): boolean {
    return !this.#deleted && (kind === 'reaction' || mid === this.mid);
  }

  #erase(): boolean {
    this.#deleted = true;
    this.#text = '';
    this.#latest.clear();
    this.#pending.clear();
    return true;
  }

  #reactions(self: string): Reaction[] {
    const kinds = new Map<string, Reaction>();
    for (const { emoji, mid, name } of this.#given()) {
      const kind = kinds.get(emoji) ?? { emoji, own: false, by: [] };
      if (kinds.size >= MAX_REACTION_KINDS && !kinds.has(emoji)) continue;
      kinds.set(emoji, { emoji, own: kind.own || mid === self, by: [...kind.by, { mid, name }] });
    }
    return [...kinds.values()];
  }

  /** Those that hold, oldest first; ours on their way last. */
  #given(): ReactionOperation[] {
    const placed = [...this.#latest.values()].toSorted((a, b) => compare(a.place, b.place)).map(operationOf);
    const bySlot = new Map(placed.filter(isReaction).map((one) => [slotOf(one), one]));
    for (const one of [...this.#pending.values()].filter(isReaction)) {
      const before = bySlot.get(slotOf(one));
      if (before?.on !== one.on) bySlot.delete(slotOf(one));
      bySlot.set(slotOf(one), one);
    }
    return [...bySlot.values()].filter(({ on }) => on);
  }
}

type ReactionOperation = Operation & { kind: 'reaction' };

const operationOf = ({ operation }: Placed): Operation => operation;
const isEdit = (operation: Operation): operation is Operation & { kind: 'edit' } => operation.kind === 'edit';
const isReaction = (operation: Operation): operation is ReactionOperation => operation.kind === 'reaction';

function slotOf(operation: Operation): string {
  return operation.kind === 'reaction' ? `${operation.mid} ${operation.emoji}` : operation.kind;
}
