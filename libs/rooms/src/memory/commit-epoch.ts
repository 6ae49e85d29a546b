import { copyOf, hex } from '../bytes.ts';
import { RoomError } from '../room-error.ts';
import type { CommitEpoch, Committed, PendingNewcomer } from '../room-store.ts';
import type { Group } from './group.ts';
import type { Member } from './member-table.ts';
import type { Room } from './room.ts';
import { Stage } from './stage.ts';

interface Changes {
  removed: Member[];
  added: { idx: number; newcomer: PendingNewcomer }[];
}

/** The compare-and-set of an epoch: everything is checked before anything changes. */
export function commitEpoch(room: Room, group: Group, input: CommitEpoch, now: number): Committed {
  const committer = group.speakerOf(input, now);
  const first = group.commits.get(hex(input.commitId), now);
  if (first !== undefined) {
    return { generation: group.generation, ...first, fresh: false, added: [], removed: [], turnedAway: [] };
  }
  if (input.expectEpoch !== group.epoch) throw new RoomError('ERR_EPOCH_STALE', { current: group.epoch });
  if (input.rotate !== undefined && room.rids.isKnown(input.rotate.rid, now)) {
    throw new RoomError('ERR_FORMAT');
  }
  const removed = removalsOf(group, committer, input, now);
  const added = additionsOf(group, input, removed, now);
  const staying = group.members.all().filter((member) => !removed.includes(member));
  if (staying.length + added.length > room.maxMembers) throw new RoomError('ERR_FULL');
  const needed = input.rekey ? staying.filter((member) => member !== committer).map(({ idx }) => idx) : [];
  const stage = takeStage(group, input, needed, now);
  group.buckets.spend(committer.mid, 'commit', now);
  return apply(room, group, input, { removed, added }, stage, now);
}

/** Nobody removes himself. Anybody may be kicked: whether the committer may is for members to judge. */
function removalsOf(group: Group, committer: Member, input: CommitEpoch, now: number): Member[] {
  const byIdx = new Map(group.members.all().map((member) => [member.idx, member]));
  return input.removes.map(({ idx, reason }) => {
    const member = byIdx.get(idx);
    byIdx.delete(idx);
    if (member === undefined || member === committer) throw new RoomError('ERR_FORMAT');
    const state = group.members.stateOf(member, now);
    const isDue = state === 'left' || reason === 'kick' || (reason === 'timeout' && state === 'timeout');
    if (!isDue) throw new RoomError('ERR_FORMAT');
    return member;
  });
}

function additionsOf(
  group: Group,
  input: CommitEpoch,
  removed: readonly Member[],
  now: number,
): Changes['added'] {
  const staying = group.members.all().filter((member) => !removed.includes(member));
  const idxs = new Set(staying.map(({ idx }) => idx));
  const mids = new Set(staying.map(({ mid }) => hex(mid)));
  return input.adds.map(({ kph, idx }) => {
    const newcomer = group.waiting.find(kph, now);
    if (newcomer === undefined) throw new RoomError('ERR_STAGE_EXPIRED');
    if (idxs.has(idx) || mids.has(hex(newcomer.mid))) throw new RoomError('ERR_FORMAT');
    idxs.add(idx);
    mids.add(hex(newcomer.mid));
    return { idx, newcomer };
  });
}

function takeStage(group: Group, input: CommitEpoch, needed: readonly number[], now: number): Stage {
  const staged = group.stageOf(input.mid, input.commitId, now);
  const needsParts = needed.length + input.adds.length + input.groupInfoParts > 0;
  if (staged === undefined && needsParts) throw new RoomError('ERR_STAGE_EXPIRED');
  const stage = staged ?? new Stage(input.commitId);
  stage.check(input, needed);
  return stage;
}

function apply(
  room: Room,
  group: Group,
  input: CommitEpoch,
  changes: Changes,
  stage: Stage,
  now: number,
): Committed {
  const removed = changes.removed.map((member) => group.members.view(member, now));
  for (const member of removed) group.forgetMember(member);
  const added = changes.added.map(({ idx, newcomer }) => {
    group.members.add(newcomer, idx, newcomer.connection, now);
    group.waiting.remove(newcomer.mid);
    const { wrap, tag } = stage.welcomes.get(hex(newcomer.kph))!;
    return { idx, newcomer, wrap, tag };
  });
  group.epoch += 1;
  const seq = group.log.addCommit(now, stage.commitId, group.epoch, copyOf(input.frame));
  group.commits.set(hex(input.commitId), { seq, epoch: group.epoch }, now);
  group.committed.set(String(group.epoch), stage, now);
  if (group.stages.get(hex(input.mid)) === stage) group.stages.delete(hex(input.mid));
  const turnedAway = input.rotate === undefined ? [] : room.rotate(input.rotate, now);
  group.trim(now);
  return { generation: group.generation, seq, epoch: group.epoch, fresh: true, added, removed, turnedAway };
}
