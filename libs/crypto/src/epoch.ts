import type { Bytes } from './bytes.ts';
import type { Change } from './commit-rules.ts';
import { equalBytes } from './constant-time.ts';
import type { Directory } from './directory.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { encodeGroupContext, type GroupContext } from './group-context.ts';
import {
  confirmationTag,
  confirmedHash,
  deriveEpochSecrets,
  type EpochSecrets,
  interimHash,
} from './key-schedule.ts';
import { type Chain, startChains } from './ratchet.ts';
import { encodeRoster, type Roster, rosterHash } from './roster.ts';
import { sha256 } from './webcrypto.ts';

/** Everything that lives as long as one epoch. */
export interface Epoch {
  context: GroupContext;
  contextHash: Bytes;
  /** `ith`: what the next commit builds on. */
  interimHash: Bytes;
  roster: Roster;
  directory: Directory;
  secrets: Pick<EpochSecrets, 'header' | 'handshake' | 'authenticator' | 'signal' | 'init'>;
  chains: Map<number, Chain>;
  /** The signals that were read, so that none counts twice. */
  signals: Set<string>;
}

/** An epoch that is known but whose secrets aren't derived yet. */
export interface EpochOutline {
  context: GroupContext;
  contextHash: Bytes;
  roster: Roster;
  directory: Directory;
}

export async function outlineEpoch(
  context: GroupContext,
  roster: Roster,
  directory: Directory,
): Promise<EpochOutline> {
  return { context, contextHash: await sha256(encodeGroupContext(context)), roster, directory };
}

/** The context after a commit on `current` that makes `change` (PROTOCOL §6.7). */
export async function nextContext(
  current: Epoch,
  commitBody: Bytes,
  { roster, params, inviteGeneration }: Pick<Change, 'roster' | 'params' | 'inviteGeneration'>,
): Promise<GroupContext> {
  return {
    ...current.context,
    epoch: current.context.epoch + 1,
    params,
    inviteGeneration,
    rosterHash: await rosterHash(encodeRoster(roster)),
    commitHash: await confirmedHash(current.interimHash, commitBody),
  };
}

/**
 * Derives an epoch from its joiner secret, which the caller erases. With an expected tag the derivation must confirm it.
 * @throws BcError ERR_CONFIRM
 */
export async function enterEpoch(
  outline: EpochOutline,
  joiner: Bytes,
  psk: Bytes,
  expectedTag?: Bytes,
): Promise<{ epoch: Epoch; confirmTag: Bytes }> {
  const { context } = outline;
  const { enc, confirm, ...secrets } = await deriveEpochSecrets(joiner, psk, outline.contextHash);
  const confirmTag = await confirmationTag(confirm, context.commitHash);
  erase(confirm);
  if (expectedTag && !equalBytes(confirmTag, expectedTag)) {
    erase(enc, ...Object.values(secrets));
    throw new BcError('ERR_CONFIRM', 'the new keys are not the ones the committer confirmed');
  }
  const chains = await startChains(enc, outline.roster);
  erase(enc);
  const interim =
    context.epoch === 0 ? context.commitHash : await interimHash(context.commitHash, confirmTag);
  return { epoch: { ...outline, interimHash: interim, secrets, chains, signals: new Set() }, confirmTag };
}

/** Overwrites all secrets of an epoch. */
export function eraseEpoch({ secrets, chains }: Epoch): void {
  erase(...Object.values(secrets));
  for (const chain of chains.values()) erase(chain.key);
  chains.clear();
}
