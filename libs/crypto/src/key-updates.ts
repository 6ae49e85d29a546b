import { type Bytes, toHex } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import { type GroupState, selfEntry } from './group-state.ts';
import { dropLeavesBefore, type Leaf, leavesOf } from './identity.ts';
import { encodeKeyUpdate, type KeyUpdate, parseKeyUpdate, verifyKeyUpdate } from './key-update.ts';
import { entryAt, type Roster, type RosterEntry } from './roster.ts';
import type { WrapKeys } from './wrap.ts';

interface Known {
  /** The highest number the member itself has named. */
  announced: number;
  /** The newest that was seen, with its bytes: the same ones needn't be verified twice. */
  newest: { update: KeyUpdate; bytes: Bytes } | undefined;
}

/**
 * A member has newer keys than those that are at hand: the server withholds or rolls back its key update, or the member
 * lies about it (PROTOCOL §6.9). Nothing can be wrapped to it; removing it goes.
 */
export class KeyRollbackError extends BcError {
  readonly idx: number;

  constructor(idx: number) {
    super('ERR_KU_ROLLBACK', 'a member has newer keys than these');
    this.idx = idx;
  }
}

/** What is known of everybody's key updates, by key package: another stay is another member. */
export class KeyUpdates {
  readonly #known = new Map<string, Known>();
  /** The own newest update that the server has acknowledged; every content names it. */
  stored = 0;

  /** A member's content named its newest update. @throws KeyRollbackError when it had named a newer one */
  announced({ idx, kph }: RosterEntry, kuSeq: number): void {
    const known = this.#of(kph);
    if (kuSeq < known.announced) throw new KeyRollbackError(idx);
    known.announced = kuSeq;
  }

  /** @throws KeyRollbackError when a newer one was announced or seen */
  remember({ idx, kph }: RosterEntry, update: KeyUpdate, bytes: Bytes): void {
    const known = this.#of(kph);
    if (update.kuSeq < Math.max(known.announced, known.newest?.update.kuSeq ?? 0)) {
      throw new KeyRollbackError(idx);
    }
    known.newest = { update, bytes: new Uint8Array(bytes) };
  }

  /** An update that was seen before in the very same bytes. */
  seen({ kph }: RosterEntry, bytes: Bytes): KeyUpdate | undefined {
    const newest = this.#of(kph).newest;
    return newest && equalBytes(newest.bytes, bytes) ? newest.update : undefined;
  }

  /** The keys to wrap to: the newest update, or those of the key package. @throws KeyRollbackError */
  keysFor({ idx, kph }: RosterEntry, first: WrapKeys): WrapKeys {
    const { announced, newest } = this.#of(kph);
    if (announced > (newest?.update.kuSeq ?? 0)) throw new KeyRollbackError(idx);
    return newest?.update ?? first;
  }

  /** Forgets whoever isn't a member any more. */
  keep(roster: Roster): void {
    const staying = new Set(roster.map(({ kph }) => toHex(kph)));
    for (const kph of [...this.#known.keys()]) if (!staying.has(kph)) this.#known.delete(kph);
  }

  #of(kph: Bytes): Known {
    const name = toHex(kph);
    const known = this.#known.get(name) ?? { announced: 0, newest: undefined };
    this.#known.set(name, known);
    return known;
  }
}

/** What others need of own new leaf keys. @throws BcError ERR_KEY_GONE */
export async function publishLeaf(state: GroupState, leaf: Leaf): Promise<{ bytes: Bytes; kuSeq: number }> {
  const bytes = await encodeKeyUpdate(state.identity, state, selfEntry(state), leaf);
  return { bytes, kuSeq: leaf.kuSeq };
}

/** The server has it: from now on every content says so. Numbers that aren't the own ones change nothing. */
export function keyUpdateStored({ identity, keyUpdates }: GroupState, kuSeq: number): void {
  if (kuSeq > leavesOf(identity)[0].kuSeq) return;
  keyUpdates.stored = Math.max(keyUpdates.stored, kuSeq);
}

/** Checks a member's update and remembers it. @throws BcError as `verifyKeyUpdate`; KeyRollbackError */
export async function checkKeyUpdate(state: GroupState, bytes: Bytes): Promise<KeyUpdate> {
  const { roster } = state.epoch;
  const claimed = entryAt(roster, parseKeyUpdate(bytes).idx);
  const before = claimed && state.keyUpdates.seen(claimed, bytes);
  const { update, owner } =
    claimed && before ? { update: before, owner: claimed } : await verifyKeyUpdate(bytes, state, roster);
  state.keyUpdates.remember(owner, update, bytes);
  return update;
}

/** What was used must go: as soon as something arrived for newer keys, all older ones (PROTOCOL §6.9). */
export function retireLeaves({ identity }: GroupState): void {
  const newestUsed = leavesOf(identity).find(({ used }) => used);
  if (newestUsed) dropLeavesBefore(identity, newestUsed.kuSeq);
}
