import type { Bytes } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { mix } from './derive.ts';
import { directoryEntry } from './directory.ts';
import { enterEpoch, outlineEpoch } from './epoch.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import type { GroupContext } from './group-context.ts';
import type { GroupState } from './group-state.ts';
import { History } from './history.ts';
import { type Identity, memberId } from './identity.ts';
import { copyInvite, type Invite } from './invite.ts';
import { initialHandshakeHash } from './key-schedule.ts';
import { KeyUpdates } from './key-updates.ts';
import { type KeyPackage, type KeyPackageCore, parseKeyPackageCore, splitKeyPackage } from './key-package.ts';
import type { GroupParams } from './params.ts';
import { encodeRoster, type Roster, rosterHash } from './roster.ts';
import { SentCounter } from './sent-counter.ts';
import type { Suite } from './suites.ts';
import { Transcript } from './transcript.ts';
import { randomBytes } from './webcrypto.ts';

export interface FoundInput {
  identity: Identity;
  invite: Invite;
  keyPackage: KeyPackage;
  rid0: Bytes;
  params: GroupParams;
}

/** Epoch 0 of a new group with one member, its owner (PROTOCOL §6.7). */
export async function foundGroup(input: FoundInput): Promise<GroupState> {
  const { core: coreBytes } = splitKeyPackage(input.keyPackage.bytes);
  const core = parseKeyPackageCore(coreBytes);
  requireOwnKeyPackage(core, input.identity);
  const gid = randomBytes(32);
  const roster = await firstRoster(input);
  const context = await firstContext(input, core.suite, gid, roster);
  const outline = await outlineEpoch(context, roster, new Map([[0, directoryEntry(coreBytes)]]));
  const seed = randomBytes(32);
  const joiner = await mix(seed, new Uint8Array(32), 'joiner', outline.contextHash);
  const { epoch } = await enterEpoch(outline, joiner, input.invite.psk);
  erase(seed, joiner);
  return {
    suite: core.suite,
    gid,
    rid0: input.rid0,
    selfIdx: 0,
    identity: input.identity,
    invite: copyInvite(input.invite),
    transcript: await Transcript.start(gid),
    sent: new SentCounter(),
    history: input.params.history === 1 ? new History() : undefined,
    past: undefined,
    keyUpdates: new KeyUpdates(),
    epoch,
  };
}

/** @throws BcError ERR_SUITE, ERR_GI_SELF when the key package was made with other keys */
export function requireOwnKeyPackage(core: KeyPackageCore, identity: Identity): void {
  if (core.suite !== identity.suite) throw new BcError('ERR_SUITE', 'the key package is of another suite');
  if (!equalBytes(core.sigPub, identity.sigPub)) {
    throw new BcError('ERR_GI_SELF', 'the key package belongs to another identity');
  }
}

async function firstRoster({ identity, keyPackage, rid0 }: FoundInput): Promise<Roster> {
  const mid = await memberId(rid0, identity.sigPub);
  return [{ idx: 0, mid, role: 'owner', joinedEpoch: 0, sigPub: identity.sigPub, kph: keyPackage.kph }];
}

async function firstContext(
  { params }: FoundInput,
  suite: Suite,
  gid: Bytes,
  roster: Roster,
): Promise<GroupContext> {
  return {
    suite,
    gid,
    epoch: 0,
    params,
    inviteGeneration: 0,
    rosterHash: await rosterHash(encodeRoster(roster)),
    commitHash: await initialHandshakeHash(gid),
  };
}
