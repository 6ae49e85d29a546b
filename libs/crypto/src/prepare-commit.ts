import { type Bytes, concat } from './bytes.ts';
import { type CommitBody, encodeCommit, encodeCommitBody } from './commit.ts';
import { sealCommitFrame } from './commit-frame.ts';
import type { CommitOp, RemoveReason } from './commit-ops.ts';
import { applyOps, type Change } from './commit-rules.ts';
import { entryOf } from './directory.ts';
import { enterEpoch, type Epoch, nextContext, outlineEpoch } from './epoch.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { encodeGroupInfo, encodeWelcomeBundle, sealGroupInfo } from './group-info.ts';
import { type GroupState, ruleContext, selfEntry } from './group-state.ts';
import { signAs } from './identity.ts';
import { joinerSecret } from './key-schedule.ts';
import { checkKeyUpdate } from './key-updates.ts';
import { encodeParams, type GroupParams } from './params.ts';
import { lowestFreeIdx, type Roster, type RosterEntry } from './roster.ts';
import { createRotation, eraseRotated, type RotatedInvite, type RotationPassword } from './rotation.ts';
import { itemHash } from './transcript.ts';
import { randomBytes } from './webcrypto.ts';
import {
  createEphemeralKey,
  type EphemeralKey,
  type WrapContext,
  type WrapKeys,
  wrapSecret,
  wrapTag,
} from './wrap.ts';

export interface CommitChange {
  addKeyPackages: Bytes[];
  /** A kick also changes the invite. */
  removes: { idx: number; reason: RemoveReason }[];
  /** Renew the keys although nobody is removed. */
  rekey?: boolean;
  /** Change the invite: the link that was given out so far opens the room no more. */
  rotate?: boolean;
  /** Needed to change the invite of a room with a password: nobody keeps it. */
  password?: RotationPassword;
  /** New rules of the room. */
  params?: GroupParams;
  /** What the server holds; each is checked, and its keys are wrapped to. To be fetched anew for every rekey. */
  keyUpdates?: readonly { idx: number; bytes: Bytes }[];
}

export interface MemberWrap {
  idx: number;
  wrap: Bytes;
  tag: Bytes;
}

/** A commit as it goes to the server: the frame, and what is staged beside it. */
export interface PreparedCommit {
  readonly commitId: Bytes;
  readonly frame: Bytes;
  readonly rekey: boolean;
  readonly expectEpoch: number;
  /** With a rekey: one for each member who stays, but the committer. */
  readonly wraps: MemberWrap[];
  readonly welcomes: (MemberWrap & { kph: Bytes })[];
  /** With adds: what all newcomers of the commit read. */
  readonly groupInfo: Bytes | undefined;
  readonly adds: { kph: Bytes; idx: number }[];
  readonly removes: { idx: number; reason: RemoveReason }[];
  /** The invite that counts once this commit is accepted. */
  readonly rotate?: RotatedInvite | undefined;
  /** What the server must know of it. */
  readonly rotateWire?: { rid: Bytes; gate: Bytes } | undefined;
}

/** A prepared commit together with the epoch it leads to. */
export interface Proposal {
  prepared: PreparedCommit;
  change: Change;
  next: Epoch;
}

interface Draft {
  state: GroupState;
  change: Change;
  next: Epoch;
  ephemeral: EphemeralKey;
  confirmTag: Bytes;
  commitId: Bytes;
}

/**
 * Makes a commit on the present epoch (PROTOCOL §6.10); the state isn't changed.
 * @throws BcError those of the rules and of `checkKeyUpdate`, ERR_FULL when the room has no place left; KeyRollbackError
 */
export async function proposeCommit(state: GroupState, wish: CommitChange): Promise<Proposal> {
  for (const { bytes } of wish.keyUpdates ?? []) await checkKeyUpdate(state, bytes);
  const { rekey, rotate } = kindOf(wish);
  const commitSecret = rekey ? randomBytes(32) : new Uint8Array(32);
  const rotation = rotate ? await rotationFor(state, wish, commitSecret) : undefined;
  try {
    const ops = [...planOps(state.epoch.roster, wish), ...ruleOps(wish, rotation)];
    return await proposeOps(state, rekey, ops, commitSecret, rotation?.rotated);
  } catch (error) {
    if (rotation) eraseRotated(rotation.rotated);
    throw error;
  } finally {
    erase(commitSecret);
  }
}

async function proposeOps(
  state: GroupState,
  rekey: boolean,
  ops: CommitOp[],
  commitSecret: Bytes,
  rotated: RotatedInvite | undefined,
): Promise<Proposal> {
  const change = await applyOps(state.epoch, ops, ruleContext(state, state.selfIdx, rekey));
  if (change.roster.length > state.epoch.context.params.max) {
    throw new BcError('ERR_FULL', 'the room has no place left');
  }
  const ephemeral = await createEphemeralKey(state.suite);
  const body = encodeCommitBody(bodyOf(state, rekey, ops, ephemeral));
  const context = await nextContext(state.epoch, body, change);
  const outline = await outlineEpoch(context, change.roster, change.directory);
  const joiner = await joinerSecret(state.epoch.secrets.init, commitSecret, outline.contextHash);
  try {
    const { epoch: next, confirmTag } = await enterEpoch(outline, joiner, state.invite.psk);
    const frame = await signAndSeal(state, concat(body, confirmTag));
    const draft = { state, change, next, ephemeral, confirmTag, commitId: await itemHash(frame) };
    const prepared = {
      commitId: draft.commitId,
      frame,
      rekey,
      expectEpoch: state.epoch.context.epoch,
      wraps: rekey ? await wrapForStaying(draft, commitSecret) : [],
      welcomes: await wrapForNewcomers(draft, joiner),
      groupInfo: change.added.length > 0 ? await groupInfoOf(draft, joiner) : undefined,
      adds: change.added.map(({ kph, idx }) => ({ kph, idx })),
      removes: change.removed.map(({ entry, reason }) => ({ idx: entry.idx, reason })),
      rotate: rotated,
      rotateWire: rotated && { rid: rotated.invite.rid, gate: rotated.invite.gate },
    };
    return { prepared, change, next };
  } finally {
    erase(joiner);
  }
}

/** What is more than an addition renews the keys; a kick changes the invite. */
function kindOf({ removes, rotate, rekey, params }: CommitChange): { rekey: boolean; rotate: boolean } {
  const rotates = rotate === true || removes.some(({ reason }) => reason === 'kick');
  return { rekey: rekey === true || removes.length > 0 || rotates || params !== undefined, rotate: rotates };
}

async function rotationFor({ gid, epoch }: GroupState, { password }: CommitChange, commitSecret: Bytes) {
  if (epoch.context.params.hasPassword !== (password !== undefined)) {
    throw new BcError('ERR_FORMAT', 'to change the invite, give the password of the room if it has one');
  }
  const keys = { gid, newEpoch: epoch.context.epoch + 1, init: epoch.secrets.init, commitSecret };
  return createRotation(keys, epoch.context.inviteGeneration + 1, password);
}

function ruleOps(
  { params }: CommitChange,
  rotation: { rotated: RotatedInvite; ciphertext: Bytes } | undefined,
): CommitOp[] {
  const ops: CommitOp[] = [];
  if (rotation) {
    const { rotated, ciphertext } = rotation;
    ops.push({ op: 'rotateInvite', generation: rotated.inviteGeneration, ciphertext });
  }
  if (params) ops.push({ op: 'params', params: encodeParams(params) });
  return ops;
}

/** Newcomers first, each into the lowest place that is free then; so no place is freed and filled in one commit. */
function planOps(roster: Roster, { addKeyPackages, removes }: CommitChange): CommitOp[] {
  let places = roster.map(({ idx }) => ({ idx }));
  const adds = addKeyPackages.map((keyPackage): CommitOp => {
    const idx = lowestFreeIdx(places);
    places = [...places, { idx }].sort((a, b) => a.idx - b.idx);
    return { op: 'add', idx, keyPackage };
  });
  return [...adds, ...removes.map((remove): CommitOp => ({ op: 'remove', ...remove }))];
}

function bodyOf(
  { suite, gid, selfIdx, epoch }: GroupState,
  rekey: boolean,
  ops: CommitOp[],
  ephemeral: EphemeralKey,
): CommitBody {
  return {
    suite,
    gid,
    epoch: epoch.context.epoch,
    committer: selfIdx,
    rekey,
    interimHash: epoch.interimHash,
    ops,
    ephemeralPoint: ephemeral.point,
  };
}

async function signAndSeal(state: GroupState, signed: Bytes): Promise<Bytes> {
  const { suite, gid, invite, identity, epoch } = state;
  const commit = encodeCommit({ signed, signature: await signAs(identity, 'commit', signed) });
  const where = { suite, gid, invite, epoch: epoch.context.epoch, handshake: epoch.secrets.handshake };
  return sealCommitFrame(where, commit);
}

function wrapForStaying(draft: Draft, commitSecret: Bytes): Promise<MemberWrap[]> {
  const { state, change, next } = draft;
  const staying = change.roster.filter(
    (entry) => entry.idx !== state.selfIdx && entry.joinedEpoch !== next.context.epoch,
  );
  const from = selfEntry(state).mid;
  return Promise.all(
    staying.map((entry) => {
      const keys = state.keyUpdates.keysFor(entry, entryOf(change.directory, entry.idx));
      return wrapFor(draft, keys, { kind: 'rekey', from }, entry, commitSecret);
    }),
  );
}

function wrapForNewcomers(draft: Draft, joiner: Bytes): Promise<(MemberWrap & { kph: Bytes })[]> {
  return Promise.all(
    draft.change.added.map(async (entry) => {
      const keys = entryOf(draft.change.directory, entry.idx);
      const purpose = { kind: 'welcome' as const, from: entry.kph };
      return { kph: entry.kph, ...(await wrapFor(draft, keys, purpose, entry, joiner)) };
    }),
  );
}

async function wrapFor(
  { state, next, ephemeral, commitId }: Draft,
  keys: WrapKeys,
  purpose: Pick<WrapContext, 'kind' | 'from'>,
  { idx }: RosterEntry,
  secret: Bytes,
): Promise<MemberWrap> {
  const context = { ...purpose, gid: state.gid, newEpoch: next.context.epoch };
  const wrap = await wrapSecret(keys, context, ephemeral, secret);
  return { idx, wrap, tag: await wrapTag(state.invite, commitId, idx, wrap) };
}

async function groupInfoOf(draft: Draft, joiner: Bytes): Promise<Bytes> {
  const { state, change, next, confirmTag, ephemeral } = draft;
  const history = state.history?.block(state.epoch, change.roster, state.transcript);
  const signed = encodeGroupInfo({
    context: next.context,
    roster: change.roster,
    rid0: state.rid0,
    committer: state.selfIdx,
    confirmTag,
    anchor: state.transcript.position,
    history,
  });
  erase(...(history?.keys ?? []).map(({ key }) => key));
  const groupInfo = await sealGroupInfo(joiner, signed, await signAs(state.identity, 'GI', signed));
  erase(signed);
  const bundle = { gid: state.gid, ephemeralPoint: ephemeral.point, groupInfo };
  return encodeWelcomeBundle(bundle, change.roster, change.directory);
}
