/** Where an item stands in the room's log, over all its generations. */
export interface Place {
  generation: number;
  seq: number;
}

/** What a member does to a message: its own text, or its reaction to anybody's. */
export type Operation = {
  /** The item's own ref; of one of ours that has no number yet, the id in the queue. */
  key: string;
  /** Who signed it, in hex. */
  mid: string;
  /** The ref of the message, in hex. */
  target: string;
} & (
  | { kind: 'edit'; text: string }
  | { kind: 'delete' }
  /** `name`: what the member was called then. */
  | { kind: 'reaction'; emoji: string; on: boolean; name: string }
);

/** Negative when `a` stands before `b`. */
export function compare(a: Place, b: Place): number {
  return a.generation - b.generation || a.seq - b.seq;
}
