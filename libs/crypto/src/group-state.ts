import type { Bytes } from './bytes.ts';
import type { RuleContext } from './commit-rules.ts';
import { type Epoch, eraseEpoch } from './epoch.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import type { History } from './history.ts';
import type { Identity } from './identity.ts';
import { eraseInvite, type Invite } from './invite.ts';
import type { KeyUpdates } from './key-updates.ts';
import type { Past } from './past.ts';
import { entryAt, type RosterEntry } from './roster.ts';
import type { SentCounter } from './sent-counter.ts';
import type { Suite } from './suites.ts';
import type { Transcript } from './transcript.ts';

/** All that a member holds of a group. Only `Group` changes it, one operation at a time. */
export interface GroupState {
  readonly suite: Suite;
  readonly gid: Bytes;
  readonly rid0: Bytes;
  readonly selfIdx: number;
  readonly identity: Identity;
  /** A copy of the group's own, so that it can be overwritten; a rotation replaces it. */
  invite: Invite;
  readonly transcript: Transcript;
  readonly sent: SentCounter;
  /** In rooms with history only. */
  readonly history: History | undefined;
  /** For who came into a room with history. */
  readonly past: Past | undefined;
  readonly keyUpdates: KeyUpdates;
  epoch: Epoch;
  /** The commit that led here and the control key it was made with: complaints about it still carry that. */
  previous?: { commitId: Bytes; controlKey: Bytes } | undefined;
}

export function selfEntry({ epoch, selfIdx }: GroupState): RosterEntry {
  const entry = entryAt(epoch.roster, selfIdx);
  if (!entry) throw new BcError('ERR_ROSTER', 'this client is not in the list of members');
  return entry;
}

export function ruleContext(state: GroupState, committer: number, rekey: boolean): RuleContext {
  const { suite, rid0, invite, epoch } = state;
  const { inviteGeneration, params } = epoch.context;
  const newEpoch = epoch.context.epoch + 1;
  return { suite, rid0, invite, inviteGeneration, params, committer, rekey, newEpoch };
}

export function eraseState({ epoch, invite, history, previous }: GroupState): void {
  erase(previous?.controlKey);
  eraseEpoch(epoch);
  eraseInvite(invite);
  history?.erase();
}
