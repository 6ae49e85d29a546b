import type { Bytes } from './bytes.ts';
import { type Commit, decodeCommit } from './commit.ts';
import { openCommitFrame, parseCommitFrame, requireControlTag } from './commit-frame.ts';
import { applyOps, type Change } from './commit-rules.ts';
import { equalBytes } from './constant-time.ts';
import { enterEpoch, type Epoch, eraseEpoch, nextContext, outlineEpoch } from './epoch.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { type GroupState, ruleContext } from './group-state.ts';
import { joinerSecret } from './key-schedule.ts';
import { entryAt, type RosterEntry } from './roster.ts';
import { openRotation, type RotatedInvite } from './rotation.ts';
import { requireSuite, SUITES } from './suites.ts';
import { itemHash } from './transcript.ts';
import { isSignedBy } from './verify.ts';
import { requireWrapTag, type TaggedWrap, unwrapSecret } from './wrap.ts';

/** A commit that was found valid. `next` is missing when it removes this member. */
export interface Judgement {
  change: Change;
  committer: number;
  rekey: boolean;
  next: Epoch | undefined;
  /** The invite from now on, when the commit changed it. */
  rotated: RotatedInvite | undefined;
}

/**
 * Judges another member's commit and derives the epoch it leads to; the state isn't changed (PROTOCOL §6.10).
 * @throws BcError ERR_FORMAT, ERR_SUITE, ERR_CTL_MAC, ERR_EPOCH, ERR_COMMIT_AEAD, ERR_COMMIT_SIG, ERR_TRANSCRIPT, those
 * of the rules, ERR_NO_WRAP, ERR_WRAP_MAC, ERR_UNWRAP, ERR_KEY_GONE, ERR_CONFIRM, ERR_INVITE
 */
export async function judgeCommit(
  state: GroupState,
  frameBytes: Bytes,
  wrap: TaggedWrap | undefined,
): Promise<Judgement> {
  const commit = await openCommit(state, frameBytes);
  const { body } = commit;
  const committer = await requireCommitter(state, commit);
  requireSameHistory(state, commit);
  const change = await applyOps(state.epoch, body.ops, ruleContext(state, body.committer, body.rekey));
  const judgement = { change, committer: body.committer, rekey: body.rekey };
  if (!entryAt(change.roster, state.selfIdx)) return { ...judgement, next: undefined, rotated: undefined };
  const commitId = await itemHash(frameBytes);
  const secret = body.rekey
    ? await receiveSecret(state, commit, committer, commitId, wrap)
    : new Uint8Array(32);
  try {
    const next = await deriveNext(state, commit, change, secret);
    return { ...judgement, next, rotated: await receiveInvite(state, change, secret, next) };
  } finally {
    erase(secret);
  }
}

async function openCommit(state: GroupState, frameBytes: Bytes): Promise<Commit> {
  const { suite, gid, invite, epoch } = state;
  const frame = parseCommitFrame(frameBytes);
  requireSuite(frame.suite, suite);
  await requireControlTag(frame, invite);
  if (frame.epoch !== epoch.context.epoch) throw otherEpoch();
  const commit = decodeCommit(await openCommitFrame(frame, gid, epoch.secrets.handshake));
  requireSuite(commit.body.suite, suite);
  if (commit.body.epoch !== epoch.context.epoch) throw otherEpoch();
  if (commit.body.ephemeralPoint.length !== SUITES[suite].dhPointBytes) {
    throw new BcError('ERR_FORMAT', 'the ECDH key of the commit has the wrong length');
  }
  return commit;
}

async function requireCommitter({ epoch }: GroupState, commit: Commit): Promise<RosterEntry> {
  const committer = entryAt(epoch.roster, commit.body.committer);
  if (!committer) throw new BcError('ERR_OP', 'the committer is not a member');
  if (!(await isSignedBy(committer.sigPub, 'commit', commit.signed, commit.signature))) {
    throw new BcError('ERR_COMMIT_SIG', 'the commit is not signed by its committer');
  }
  return committer;
}

function requireSameHistory({ gid, epoch }: GroupState, { body }: Commit): void {
  if (!equalBytes(body.gid, gid) || !equalBytes(body.interimHash, epoch.interimHash)) {
    throw new BcError('ERR_TRANSCRIPT', 'the commit builds on another history');
  }
}

async function receiveSecret(
  state: GroupState,
  { body }: Commit,
  committer: RosterEntry,
  commitId: Bytes,
  wrap: TaggedWrap | undefined,
): Promise<Bytes> {
  if (!wrap) throw new BcError('ERR_NO_WRAP', 'the new key for this member is missing');
  await requireWrapTag(state.invite, commitId, state.selfIdx, wrap);
  const context = {
    kind: 'rekey' as const,
    gid: state.gid,
    newEpoch: body.epoch + 1,
    from: committer.mid,
  };
  return unwrapSecret(state.identity, context, body.ephemeralPoint, wrap.wrap);
}

async function deriveNext(
  state: GroupState,
  commit: Commit,
  change: Change,
  commitSecret: Bytes,
): Promise<Epoch> {
  const context = await nextContext(state.epoch, commit.bodyBytes, change);
  const outline = await outlineEpoch(context, change.roster, change.directory);
  const joiner = await joinerSecret(state.epoch.secrets.init, commitSecret, outline.contextHash);
  try {
    return (await enterEpoch(outline, joiner, state.invite.psk, commit.confirmTag)).epoch;
  } finally {
    erase(joiner);
  }
}

/** Comes last, so that only what the committer confirmed is ever opened. */
async function receiveInvite(
  { gid, epoch }: GroupState,
  { rotation, inviteGeneration }: Change,
  commitSecret: Bytes,
  next: Epoch,
): Promise<RotatedInvite | undefined> {
  if (!rotation) return undefined;
  const keys = { gid, newEpoch: next.context.epoch, init: epoch.secrets.init, commitSecret };
  try {
    return await openRotation(keys, inviteGeneration, rotation);
  } catch (error) {
    eraseEpoch(next);
    throw error;
  }
}

function otherEpoch(): BcError {
  return new BcError('ERR_EPOCH', 'the commit belongs to another epoch');
}
