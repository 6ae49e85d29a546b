import type { Bytes } from '../bytes.ts';
import { type CommitBody, encodeCommitBody } from '../commit.ts';
import { applyOps } from '../commit-rules.ts';
import type { CommitOp } from '../commit-ops.ts';
import { enterEpoch, nextContext, outlineEpoch } from '../epoch.ts';
import { ruleContext } from '../group-state.ts';
import { keysOf } from '../identity.ts';
import { joinerSecret } from '../key-schedule.ts';
import { itemHash } from '../transcript.ts';
import { randomBytes } from '../webcrypto.ts';
import { createEphemeralKey, type TaggedWrap, wrapSecret, wrapTag } from '../wrap.ts';
import type { Insider } from './insider.ts';
import type { Member } from './room.ts';

/**
 * A rekey with operations of the insider's choice in which everything else is as it should be: signed, confirmed, and
 * wrapped to the victim.
 */
export async function forgeRekey(
  insider: Insider,
  victim: Member,
  ops: CommitOp[],
): Promise<{ frame: Bytes; wrap: TaggedWrap }> {
  const { state } = insider;
  const { suite, gid, epoch } = state;
  const ephemeral = await createEphemeralKey(suite);
  const fields: Partial<CommitBody> = { rekey: true, ops, ephemeralPoint: ephemeral.point };
  const body = encodeCommitBody({
    ...{ suite, gid, epoch: epoch.context.epoch, committer: insider.idx, interimHash: epoch.interimHash },
    ...{ rekey: true, ops, ephemeralPoint: ephemeral.point },
  });
  const change = await applyOps(epoch, ops, ruleContext(state, insider.idx, true));
  const context = await nextContext(epoch, body, change);
  const outline = await outlineEpoch(context, change.roster, change.directory);
  const secret = randomBytes(32);
  const joiner = await joinerSecret(epoch.secrets.init, secret, outline.contextHash);
  const { confirmTag } = await enterEpoch(outline, joiner, state.invite.psk);
  const frame = await insider.forgeCommit(fields, { confirmTag });
  const { idx } = victim.group.self;
  const from = state.epoch.roster.find((entry) => entry.idx === insider.idx)?.mid ?? new Uint8Array(16);
  const wrapContext = { kind: 'rekey', gid, newEpoch: context.epoch, from } as const;
  const wrap = await wrapSecret(keysOf(victim.identity), wrapContext, ephemeral, secret);
  return { frame, wrap: { wrap, tag: await wrapTag(state.invite, await itemHash(frame), idx, wrap) } };
}
