import type { Bytes } from './bytes.ts';
import type { CommitOp, RemoveReason } from './commit-ops.ts';
import { changedParams, requireMayKick } from './commit-policy.ts';
import { type Directory, directoryEntry } from './directory.ts';
import { BcError } from './errors.ts';
import { memberId } from './identity.ts';
import type { Invite } from './invite.ts';
import { checkKeyPackage, splitKeyPackage } from './key-package.ts';
import type { GroupParams } from './params.ts';
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
  /** The rules as they stand before the commit; they decide, even when it changes them. */
  params: GroupParams;
  newEpoch: number;
  committer: number;
  rekey: boolean;
}

export interface Removal {
  entry: RosterEntry;
  reason: RemoveReason;
}

/** Membership and rules after a commit, and how they came about. */
export interface Change {
  roster: Roster;
  directory: Directory;
  added: RosterEntry[];
  removed: Removal[];
  params: GroupParams;
  inviteGeneration: number;
  /** With a rotation: the new invite, encrypted for those who stay. */
  rotation: Bytes | undefined;
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
  requireNoDoubles(ops);
  const { roster, directory } = before;
  const { params, inviteGeneration } = rules;
  let change: Change = {
    ...{ roster, directory, params, inviteGeneration },
    ...{ added: [], removed: [], rotation: undefined },
  };
  for (const op of ops) change = await applyOp(change, op, rules);
  requireRotationRules(change);
  return { ...change, roster: withOwner(change.roster) };
}

function requireNoDoubles(ops: readonly CommitOp[]): void {
  for (const once of ['rotateInvite', 'params'] as const) {
    if (ops.filter(({ op }) => op === once).length > 1) {
      throw new BcError('ERR_OP', 'the commit makes one change twice');
    }
  }
}

/** Who was kicked must not come back with the link it knows, and nobody comes in by a link that just ended. */
function requireRotationRules({ added, removed, rotation }: Change): void {
  if (!rotation && removed.some(({ reason }) => reason === 'kick')) {
    throw new BcError('ERR_POLICY', 'whoever kicks must also change the invite');
  }
  if (rotation && added.length > 0) {
    throw new BcError('ERR_OP', 'a commit that changes the invite lets nobody in');
  }
}

async function applyOp(change: Change, op: CommitOp, rules: RuleContext): Promise<Change> {
  if (op.op === 'add') return applyAdd(change, op, rules);
  if (!rules.rekey) {
    throw new BcError('ERR_REMOVE_NEEDS_REKEY', 'only a commit that renews the keys may do more than add');
  }
  if (op.op === 'remove') return applyRemove(change, op, rules);
  if (op.op === 'rotateInvite') return applyRotation(change, op, rules);
  if (op.op === 'params') return { ...change, params: changedParams(change.roster, op.params, rules) };
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
  rules: RuleContext,
): Change {
  if (reason === 'kick') requireMayKick(change.roster, rules);
  if (idx === rules.committer) throw new BcError('ERR_OP', 'a committer can not remove itself');
  const entry = entryAt(change.roster, idx);
  if (!entry) throw new BcError('ERR_OP', 'nobody is at the place to be freed');
  const directory = new Map(change.directory);
  directory.delete(idx);
  const removed = [...change.removed, { entry, reason }];
  return { ...change, roster: withoutIdx(change.roster, idx), directory, removed };
}

function applyRotation(
  change: Change,
  { generation, ciphertext }: CommitOp & { op: 'rotateInvite' },
  rules: RuleContext,
): Change {
  requireMayKick(change.roster, rules);
  if (generation !== rules.inviteGeneration + 1) {
    throw new BcError('ERR_OP', 'the new invite is not of the next generation');
  }
  return { ...change, inviteGeneration: generation, rotation: ciphertext };
}
