import { readCommitHeader, type ShareSessionKey } from '@bytechat/protocol';
import { equal, sha256 } from '../bytes.ts';
import { RoomError } from '../room-error.ts';

type Commit = Extract<ShareSessionKey, { kind: 'commit' }>;

/**
 * What must be true of a commit whatever the room's state: its id is its hash, its clear header agrees, removals come
 * with a rekey, group info comes with newcomers and only with them, and a kick comes with the next invite.
 * @returns the suite of the frame. @throws ERR_FORMAT.
 */
export function suiteOfCommit(commit: Commit): number {
  const header = readCommitHeader(commit.frame);
  const isSound =
    header?.epoch === commit.expectEpoch &&
    equal(sha256(commit.frame), commit.commitId) &&
    (commit.rekey || (commit.adds.length > 0 && commit.removes.length === 0)) &&
    commit.adds.length > 0 === commit.groupInfoParts > 0 &&
    isRotationSound(commit);
  if (header === undefined || !isSound) throw new RoomError('ERR_FORMAT');
  return header.suite;
}

/** Whoever is kicked knows the present invite; and nobody comes in by an invite that ends with the same commit. */
function isRotationSound({ rotate, rekey, adds, removes }: Commit): boolean {
  if (rotate === undefined) return removes.every(({ reason }) => reason !== 'kick');
  return rekey && adds.length === 0;
}
