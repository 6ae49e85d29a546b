import type { Bytes } from './bytes.ts';
import { BcError } from './errors.ts';
import { decodeParams, type GroupParams } from './params.ts';
import { entryAt, type Roster } from './roster.ts';

/** Who asks, and under which rules. */
interface PolicyContext {
  committer: number;
  params: GroupParams;
}

/** What the server and newcomers were promised when the room was made; it can't be changed later, not even openly. */
const FIXED = ['history', 'hasPassword', 'ttlSeconds', 'max', 'padId'] as const;

/** By the rule `kick`: 0 nobody, 1 the owner, 2 any member. It covers the change of the invite too. @throws BcError ERR_POLICY */
export function requireMayKick(roster: Roster, { committer, params }: PolicyContext): void {
  const allowed = params.kick === 2 || (params.kick === 1 && isOwner(roster, committer));
  if (!allowed) throw new BcError('ERR_POLICY', 'this room does not allow this member to remove others');
}

/**
 * New rules by the owner. History, password, life of messages, size and padding stay as the room was made (claim 25).
 * @throws BcError ERR_POLICY, ERR_FORMAT
 */
export function changedParams(
  roster: Roster,
  encoded: Bytes,
  { committer, params }: PolicyContext,
): GroupParams {
  if (!isOwner(roster, committer)) {
    throw new BcError('ERR_POLICY', 'only the owner changes the rules of the room');
  }
  const wanted = decodeParams(encoded);
  if (FIXED.some((rule) => wanted[rule] !== params[rule])) {
    throw new BcError('ERR_POLICY', 'this rule was fixed when the room was made');
  }
  return wanted;
}

function isOwner(roster: Roster, idx: number): boolean {
  return entryAt(roster, idx)?.role === 'owner';
}
