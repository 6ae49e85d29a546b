import type { Bytes } from '../bytes.ts';
import { type Commit, decodeCommit } from '../commit.ts';
import { openCommitFrame, parseCommitFrame } from '../commit-frame.ts';
import type { Insider } from './insider.ts';

/** What a member of the epoch can read in a commit on it. */
export async function commitOf({ epoch, state }: Insider, frame: Bytes): Promise<Commit> {
  const { handshake } = epoch.secrets;
  return decodeCommit(await openCommitFrame(parseCommitFrame(frame), state.gid, handshake));
}
