import { MAX_STAGE_PART_BYTES, type ClientEventPayload, type WireErrorCode } from '@bytechat/protocol';
import type { Bytes, PreparedCommit } from '@bytechat/crypto';
import type { Link } from '../connection.ts';

type Stage = Extract<ClientEventPayload<'share_session_key'>, { kind: 'stage' }>;

/** A wrap takes about 340 bytes on the wire: well under one frame. */
const WRAPS_PER_STAGE = 100;
/** Leaves room for the event around it. */
const GROUP_INFO_PART_BYTES = MAX_STAGE_PART_BYTES - 4_096;

export type CommitAnswer =
  | { kind: 'won'; generation: number; seq: number }
  /** Another member's commit came first. */
  | { kind: 'lost' }
  | { kind: 'refused'; code: WireErrorCode; retryAfterMs: number | undefined };

/** The group info in parts that fit into one event each. */
export function groupInfoParts(groupInfo: Bytes | undefined): Bytes[] {
  const parts: Bytes[] = [];
  for (let from = 0; groupInfo && from < groupInfo.length; from += GROUP_INFO_PART_BYTES)
    parts.push(groupInfo.slice(from, from + GROUP_INFO_PART_BYTES));
  return parts;
}

/** All that must lie at the server before the compare-and-set, in events of modest size. */
export function stagesOf(prepared: PreparedCommit): Stage[] {
  const base = { kind: 'stage' as const, commitId: prepared.commitId };
  const stages: Stage[] = [];
  for (let from = 0; from < prepared.wraps.length; from += WRAPS_PER_STAGE)
    stages.push({ ...base, wraps: prepared.wraps.slice(from, from + WRAPS_PER_STAGE), welcomes: [] });
  if (prepared.welcomes.length > 0) stages.push({ ...base, wraps: [], welcomes: prepared.welcomes });
  for (const [part, bytes] of groupInfoParts(prepared.groupInfo).entries())
    stages.push({ ...base, wraps: [], welcomes: [], groupInfo: { part, bytes } });
  return stages;
}

/**
 * Stages a prepared commit and tries the compare-and-set. Repeating it is harmless: the server knows commits by id.
 * @throws {TransportError} when it is not known what became of it
 */
export async function submit(link: Link, prepared: PreparedCommit): Promise<CommitAnswer> {
  for (const stage of stagesOf(prepared)) {
    const answer = await link.request('share_session_key', stage);
    if (!answer.ok) return refused(answer.error);
  }
  const answer = await link.request('share_session_key', {
    kind: 'commit',
    expectEpoch: prepared.expectEpoch,
    commitId: prepared.commitId,
    frame: prepared.frame,
    rekey: prepared.rekey,
    adds: prepared.adds,
    removes: prepared.removes,
    groupInfoParts: groupInfoParts(prepared.groupInfo).length,
    ...(prepared.rotateWire ? { rotate: prepared.rotateWire } : {}),
  });
  if (!answer.ok) return refused(answer.error);
  const { generation, seq } = answer;
  if (generation === undefined || seq === undefined)
    return refused({ code: 'ERR_INDETERMINATE', retryAfterMs: undefined });
  return { kind: 'won', generation, seq };
}

function refused(error: { code: WireErrorCode; retryAfterMs?: number | undefined }): CommitAnswer {
  if (error.code === 'ERR_EPOCH_STALE') return { kind: 'lost' };
  return { kind: 'refused', code: error.code, retryAfterMs: error.retryAfterMs };
}
