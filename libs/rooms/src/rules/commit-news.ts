import type { RemoveReason, ServerToClient, ShareSessionKey } from '@bytechat/protocol';
import type { Committed } from '../room-store.ts';
import type { CommitOutcome, Seat } from '../rooms.ts';
import { memberSeat } from './seats.ts';

type Commit = Extract<ShareSessionKey, { kind: 'commit' }>;
type News = NonNullable<CommitOutcome['news']>;

/** Who is to be told what of a commit that has just been made. */
export function newsOf(seat: Seat, request: Commit, committed: Committed): News {
  const { generation, seq, epoch } = committed;
  const { frame, rekey } = request;
  return {
    hint: { kind: 'commit', generation, seq, epoch, frame },
    rekey,
    welcomes: committed.added.map((addition) => welcomeOf(seat, request, committed, addition)),
    joined: committed.added.map(({ idx, newcomer }) => ({ kind: 'joined', idx, mid: newcomer.mid })),
    removed: committed.removed.map(({ idx, mid }) => removalOf(request, idx, mid)),
    turnedAway: committed.turnedAway,
  };
}

function welcomeOf(
  seat: Seat,
  request: Commit,
  { generation, seq, epoch }: Committed,
  { idx, newcomer, wrap, tag }: Committed['added'][number],
): News['welcomes'][number] {
  const { commitId, frame, groupInfoParts } = request;
  const { connection, kph, mid } = newcomer;
  return {
    connection,
    seat: memberSeat(seat.rid, connection, generation, { mid, idx }),
    welcome: {
      kind: 'welcome',
      generation,
      seq,
      epoch,
      idx,
      kph,
      commitId,
      frame,
      wrap,
      tag,
      groupInfoParts,
    },
  };
}

function removalOf(
  request: Commit,
  idx: number,
  mid: ServerToClient['user_left']['mid'],
): ServerToClient['user_left'] {
  const reason: RemoveReason | undefined = request.removes.find((removal) => removal.idx === idx)?.reason;
  return { kind: 'removed', idx, mid, ...(reason === undefined ? {} : { reason }) };
}
