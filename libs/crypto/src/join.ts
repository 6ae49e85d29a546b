import type { Bytes } from './bytes.ts';
import { parseCommitFrame, requireControlTag } from './commit-frame.ts';
import { equalBytes } from './constant-time.ts';
import { type Directory, matchDirectory } from './directory.ts';
import { enterEpoch, type Epoch, outlineEpoch } from './epoch.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { requireOwnKeyPackage } from './found.ts';
import {
  decodeGroupInfo,
  decodeWelcomeBundle,
  type GroupInfo,
  openGroupInfo,
  type SignedGroupInfo,
  type WelcomeBundle,
} from './group-info.ts';
import type { GroupState } from './group-state.ts';
import { History } from './history.ts';
import type { Identity } from './identity.ts';
import { copyInvite, type Invite } from './invite.ts';
import { type KeyPackage, parseKeyPackageCore, splitKeyPackage } from './key-package.ts';
import { KeyUpdates, retireLeaves } from './key-updates.ts';
import { Past } from './past.ts';
import { entryAt, type Roster } from './roster.ts';
import { SentCounter } from './sent-counter.ts';
import { requireSuite, type Suite } from './suites.ts';
import { itemHash, Transcript } from './transcript.ts';
import { isSignedBy } from './verify.ts';
import { requireWrapTag, unwrapSecret } from './wrap.ts';

/** What the server hands a newcomer when a commit has let it in. */
export interface Welcome {
  kph: Bytes;
  idx: number;
  epoch: number;
  commitId: Bytes;
  wrap: Bytes;
  tag: Bytes;
  /** Where the commit stands in the sequence. */
  seq: number;
  frame: Bytes;
}

export interface JoinInput {
  identity: Identity;
  invite: Invite;
  keyPackage: KeyPackage;
  welcome: Welcome;
  groupInfo: Bytes;
}

/** Whose keys a rekey will wrap to, once the roster is known. */
type DirectorySource = (roster: Roster, suite: Suite) => Promise<Directory>;

/** Enters a group, checking in the order of PROTOCOL §6.11; any failure means not joined. */
export async function joinGroup(input: JoinInput): Promise<GroupState> {
  const { keyPackageCores, ...parts } = decodeWelcomeBundle(input.groupInfo);
  return acceptWelcome(input, parts, (roster, suite) => matchDirectory(roster, keyPackageCores, suite));
}

/** Internal: the same over parts that were taken apart already. */
export async function acceptWelcome(
  input: Omit<JoinInput, 'groupInfo'>,
  { gid, ephemeralPoint, groupInfo }: Omit<WelcomeBundle, 'keyPackageCores'>,
  directoryOf: DirectorySource,
): Promise<GroupState> {
  const { identity, invite, keyPackage, welcome } = input;
  requireOwnKeyPackage(parseKeyPackageCore(splitKeyPackage(keyPackage.bytes).core), identity);
  await requireFrame(input);
  await requireWrapTag(invite, welcome.commitId, welcome.idx, welcome);
  const wrapContext = { kind: 'welcome' as const, gid, newEpoch: welcome.epoch, from: keyPackage.kph };
  const joiner = await unwrapSecret(identity, wrapContext, ephemeralPoint, welcome.wrap);
  try {
    const signed = await readGroupInfo(joiner, groupInfo);
    await requireGenuine(signed, gid, input);
    erase(signed.signed);
    const { context, roster, confirmTag } = signed.info;
    const outline = await outlineEpoch(context, roster, await directoryOf(roster, context.suite));
    const { epoch } = await enterEpoch(outline, joiner, invite.psk, confirmTag);
    const state = stateOf(signed.info, epoch, input);
    retireLeaves(state);
    return state;
  } finally {
    erase(joiner);
  }
}

async function readGroupInfo(joiner: Bytes, sealed: Bytes): Promise<SignedGroupInfo> {
  const body = await openGroupInfo(joiner, sealed);
  try {
    return await decodeGroupInfo(body);
  } finally {
    erase(body);
  }
}

/** The frame itself can't be read by a newcomer; that it is the commit of this welcome can be checked. */
async function requireFrame({
  welcome,
  identity,
  invite,
  keyPackage,
}: Omit<JoinInput, 'groupInfo'>): Promise<void> {
  const frame = parseCommitFrame(welcome.frame);
  requireSuite(frame.suite, identity.suite);
  await requireControlTag(frame, invite);
  if (!equalBytes(welcome.commitId, await itemHash(welcome.frame))) {
    throw new BcError('ERR_WRAP_MAC', 'the welcome belongs to another commit');
  }
  if (frame.epoch + 1 !== welcome.epoch) {
    throw new BcError('ERR_EPOCH', 'the welcome belongs to another epoch');
  }
  if (!equalBytes(welcome.kph, keyPackage.kph)) {
    throw new BcError('ERR_GI_SELF', 'the welcome is for somebody else');
  }
}

async function requireGenuine(
  { info, signed, signature }: SignedGroupInfo,
  gid: Bytes,
  { welcome, identity, keyPackage }: Omit<JoinInput, 'groupInfo'>,
): Promise<void> {
  const { context, roster } = info;
  requireSuite(context.suite, identity.suite);
  if (!equalBytes(context.gid, gid) || context.epoch !== welcome.epoch) {
    throw new BcError('ERR_GI', 'the group info belongs to another group or epoch');
  }
  if (info.anchor.seq >= welcome.seq) {
    throw new BcError('ERR_GI', 'the group info is newer than its commit');
  }
  const committer = entryAt(roster, info.committer);
  const genuine = committer !== undefined && (await isSignedBy(committer.sigPub, 'GI', signed, signature));
  if (!genuine) throw new BcError('ERR_GI_SIG', 'the group info is not signed by its committer');
  const own = entryAt(roster, welcome.idx);
  const isOwn =
    own?.joinedEpoch === context.epoch &&
    own.role === 'member' &&
    equalBytes(own.sigPub, identity.sigPub) &&
    equalBytes(own.kph, keyPackage.kph);
  if (!isOwn) throw new BcError('ERR_GI_SELF', 'the group info does not list this client as a newcomer');
}

function stateOf(
  info: GroupInfo,
  epoch: Epoch,
  { identity, invite, welcome }: Omit<JoinInput, 'groupInfo'>,
): GroupState {
  return {
    suite: info.context.suite,
    gid: info.context.gid,
    rid0: info.rid0,
    selfIdx: welcome.idx,
    identity,
    invite: copyInvite(invite),
    transcript: new Transcript(info.anchor),
    sent: new SentCounter(),
    history: info.history && History.from(info.history),
    past: info.history && new Past(info.history.base, info.anchor),
    keyUpdates: new KeyUpdates(),
    epoch,
  };
}
