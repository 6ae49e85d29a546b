import type { CommitChange, RosterEntry, RotationPassword } from '@bytechat/crypto';
import type { Clock } from '../clock.ts';
import { ClientError, type ClientErrorCode } from '../errors.ts';
import { toHex } from '../hex.ts';
import { Pause } from '../pause.ts';
import type { CommitOutcome } from './commits.ts';

export interface KickPort {
  roster(): readonly RosterEntry[];
  self(): RosterEntry;
  ready(): boolean;
  commit(change: CommitChange): Promise<CommitOutcome>;
}

/** Tries while others' commits come first or the server is busy. */
const MAX_TRIES = 8;
const BREATHER_MS = 1_000;

/**
 * Removes a member and with it the link. Resolves when the member is in the room's list no more.
 * @param password needed where the room has one
 * @throws {ClientError} ERR_NOT_MEMBER, ERR_POLICY, ERR_OFFLINE, ERR_BUSY, and the codes of a refused commit
 */
export async function kick(
  port: KickPort,
  mid: string,
  password: RotationPassword | undefined,
  clock: Clock,
): Promise<void> {
  const seated = (): RosterEntry | undefined => port.roster().find((entry) => toHex(entry.mid) === mid);
  if (!seated()) throw new ClientError('ERR_NOT_MEMBER');
  if (toHex(port.self().mid) === mid) throw new ClientError('ERR_POLICY');
  let busy: ClientErrorCode = 'ERR_BUSY';
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const target = seated();
    if (!target) return;
    if (!port.ready()) throw new ClientError('ERR_OFFLINE');
    const removes = [{ idx: target.idx, reason: 'kick' as const }];
    const outcome = await port.commit({ addKeyPackages: [], removes, ...(password ? { password } : {}) });
    if (outcome.kind === 'refused') throw new ClientError(outcome.code);
    if (outcome.kind !== 'later') continue;
    busy = outcome.code ?? busy;
    await new Pause(clock).sleep(BREATHER_MS);
  }
  if (seated()) throw new ClientError(busy);
}
