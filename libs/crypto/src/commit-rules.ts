import type { Bytes } from './bytes.ts';
import type { CommitOp, RemoveReason } from './commit-ops.ts';
import { type Directory, directoryEntry } from './directory.ts';
import { BcError } from './errors.ts';
import { memberId } from './identity.ts';
import type { Invite } from './invite.ts';
import { checkKeyPackage, splitKeyPackage } from './key-package.ts';
import {
  entryAt,
  hasSigningKey,
  lowestFreeIdx,
  type Roster,
  type RosterEntry,
  withEntry,
  withoutIdx,
  withOwner,
} from './roster.ts';
import type { Suite } from './suites.ts';

/** What the rules need to know of the group; the same for every member, so that all decide alike. */
export interface RuleContext {
  suite: Suite;
  rid0: Bytes;
  invite: Invite;
  inviteGeneration: number;
  newEpoch: number;
  committer: number;
  rekey: boolean;
}

export interface Removal {
  entry: RosterEntry;
  reason: RemoveReason;
}

/** The membership after a commit, and how it came about. */
export interface Change {
  roster: Roster;
  directory: Directory;
  added: RosterEntry[];
  removed: Removal[];
}

/**
 * Applies operations in their order (PROTOCOL §6.10). No clock and no private state enters.
 * @throws BcError ERR_OP, ERR_REMOVE_NEEDS_REKEY, ERR_POLICY, ERR_KP_DUP, and those of `checkKeyPackage`
 */
export async function applyOps(
  before: { roster: Roster; directory: Directory },
  ops: readonly CommitOp[],
  rules: RuleContext,
): Promise<Change> {
  if (ops.length === 0 && !rules.rekey) throw new BcError('ERR_OP', 'the commit changes nothing');
  let change: Change = { ...before, added: [], removed: [] };
  for (const op of ops) change = await applyOp(change, op, rules);
  return { ...change, roster: withOwner(change.roster) };
}

async function applyOp(change: Change, op: CommitOp, rules: RuleContext): Promise<Change> {
  if (op.op === 'add') return applyAdd(change, op, rules);
  if (!rules.rekey) {
    throw new BcError('ERR_REMOVE_NEEDS_REKEY', 'only a commit that renews the keys may do more than add');
  }
  if (op.op === 'remove') return applyRemove(change, op, rules);
  throw new BcError('ERR_POLICY', 'this room does not allow that operation');
}

async function applyAdd(
  change: Change,
  { idx, keyPackage }: CommitOp & { op: 'add' },
  rules: RuleContext,
): Promise<Change> {
  const checked = await checkKeyPackage(keyPackage, rules.invite, rules);
  if (hasSigningKey(change.roster, checked.sigPub)) {
    throw new BcError('ERR_KP_DUP', 'a member has this signing key already');
  }
  if (idx !== lowestFreeIdx(change.roster)) {
    throw new BcError('ERR_OP', 'a newcomer gets the lowest free place');
  }
  const entry: RosterEntry = {
    idx,
    mid: await memberId(rules.rid0, checked.sigPub),
    role: 'member',
    joinedEpoch: rules.newEpoch,
    sigPub: checked.sigPub,
    kph: checked.kph,
  };
  const directory = new Map(change.directory).set(idx, directoryEntry(splitKeyPackage(keyPackage).core));
  return {
    ...change,
    roster: withEntry(change.roster, entry),
    directory,
    added: [...change.added, entry],
  };
}

function applyRemove(
  change: Change,
  { idx, reason }: CommitOp & { op: 'remove' },
  { committer }: RuleContext,
): Change {
  if (reason === 'kick') throw new BcError('ERR_POLICY', 'this room does not allow members to be removed');
  if (idx === committer) throw new BcError('ERR_OP', 'a committer can not remove itself');
  const entry = entryAt(change.roster, idx);
  if (!entry) throw new BcError('ERR_OP', 'nobody is at the place to be freed');
  const directory = new Map(change.directory);
  directory.delete(idx);
  const removed = [...change.removed, { entry, reason }];
  return { ...change, roster: withoutIdx(change.roster, idx), directory, removed };
}
