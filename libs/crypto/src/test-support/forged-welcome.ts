import { type Bytes } from '../bytes.ts';
import { type Directory, directoryEntry } from '../directory.ts';
import { enterEpoch, outlineEpoch } from '../epoch.ts';
import type { GroupContext } from '../group-context.ts';
import { encodeGroupInfo, encodeWelcomeBundle, type GroupInfo, sealGroupInfo } from '../group-info.ts';
import { keysOf, memberId, signAs } from '../identity.ts';
import type { JoinInput } from '../join.ts';
import { splitKeyPackage } from '../key-package.ts';
import { encodeRoster, lowestFreeIdx, type Roster, rosterHash, withEntry } from '../roster.ts';
import { itemHash } from '../transcript.ts';
import { randomBytes } from '../webcrypto.ts';
import { createEphemeralKey, wrapSecret, wrapTag } from '../wrap.ts';
import type { Insider } from './insider.ts';
import type { Candidate } from './room.ts';

export interface WelcomeForgery {
  /** Changes the roster before its hash enters the context. */
  roster?: (roster: Roster) => Roster;
  context?: Partial<GroupContext>;
  /** Changes what is signed, after everything was derived. */
  info?: (info: GroupInfo) => GroupInfo;
  directory?: (directory: Directory) => Directory;
  /** What is wrapped; the joiner secret if not given. */
  wrapped?: (joiner: Bytes) => Bytes;
}

/**
 * A whole welcome made by hand by a member who chooses the joiner secret. Without a forgery the newcomer accepts it: an
 * insider can always show a newcomer a puppet group (PROTOCOL §7.6), but no contradictory one.
 */
export async function forgeWelcome(
  insider: Insider,
  candidate: Candidate,
  forgery: WelcomeForgery = {},
): Promise<JoinInput> {
  const { state } = insider;
  const frame = await insider.forgeCommit({});
  const commitId = await itemHash(frame);
  const own = await newcomerEntry(insider, candidate);
  const roster = (forgery.roster ?? ((same) => same))(withEntry(state.epoch.roster, own));
  const context = {
    ...state.epoch.context,
    epoch: state.epoch.context.epoch + 1,
    rosterHash: await rosterHash(encodeRoster(roster)),
    commitHash: randomBytes(32),
    ...forgery.context,
  };
  const core = directoryEntry(splitKeyPackage(candidate.keyPackage.bytes).core);
  const honest = new Map(state.epoch.directory).set(own.idx, core);
  const directory = (forgery.directory ?? ((same) => same))(honest);
  const joiner = randomBytes(32);
  const outline = await outlineEpoch(context, roster, honest);
  const { confirmTag } = await enterEpoch(outline, joiner, state.invite.psk);
  const { rid0, transcript } = state;
  const info = { context, roster, rid0, committer: insider.idx, confirmTag, anchor: transcript.position };
  const signed = encodeGroupInfo((forgery.info ?? ((same) => same))(info));
  const groupInfo = await sealGroupInfo(joiner, signed, await signAs(insider.identity, 'GI', signed));
  const ephemeral = await createEphemeralKey(state.suite);
  const secret = (forgery.wrapped ?? ((same) => same))(joiner);
  const wrapContext = { kind: 'welcome', gid: state.gid, newEpoch: context.epoch, from: own.kph } as const;
  const wrap = await wrapSecret(keysOf(candidate.identity), wrapContext, ephemeral, secret);
  const { idx, kph } = own;
  return {
    ...candidate,
    invite: state.invite,
    welcome: {
      kph,
      idx,
      epoch: context.epoch,
      commitId,
      wrap,
      tag: await wrapTag(state.invite, commitId, idx, wrap),
      seq: transcript.position.seq + 1,
      frame,
    },
    groupInfo: encodeWelcomeBundle(
      { gid: state.gid, ephemeralPoint: ephemeral.point, groupInfo },
      roster.filter((entry) => directory.has(entry.idx)),
      directory,
    ),
  };
}

async function newcomerEntry({ state }: Insider, { identity, keyPackage }: Candidate) {
  return {
    idx: lowestFreeIdx(state.epoch.roster),
    mid: await memberId(state.rid0, identity.sigPub),
    role: 'member' as const,
    joinedEpoch: state.epoch.context.epoch + 1,
    sigPub: identity.sigPub,
    kph: keyPackage.kph,
  };
}
