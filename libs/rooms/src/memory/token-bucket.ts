import { RoomError } from '../room-error.ts';

/**
 * A token bucket as one number (GCRA): the time at which the bucket is full again. Takes one token.
 * @returns the new time. @throws ERR_RATE with the milliseconds until a token is there.
 */
export function takeToken(
  fullAt: number | undefined,
  now: number,
  burst: number,
  intervalMs: number,
): number {
  const next = Math.max(fullAt ?? now, now) + intervalMs;
  const tooEarlyBy = next - now - burst * intervalMs;
  if (tooEarlyBy > 0) throw new RoomError('ERR_RATE', { retryAfterMs: tooEarlyBy });
  return next;
}
