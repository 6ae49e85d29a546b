import { MAX_RECONNECT_ATTEMPTS } from '@bytechat/protocol';

/** When to try again. */
export interface ReconnectPolicy {
  /**
   * Milliseconds until the next try, or null to stop.
   * @param failures tries that failed since the last stable connection; 0 when a stable one was lost, 1 when
   * one was lost on which a session had been brought up to date
   * @param chance at least 0, below 1
   * @param retryAfterMs what the server asked for
   */
  nextDelayMs(failures: number, chance: number, retryAfterMs?: number): number | null;
}

export const BACKOFF_BASE_MS = 500;
export const BACKOFF_CAP_MS = 20_000;
/** A connection that held this long forgets earlier failures. */
export const STABLE_AFTER_MS = 10_000;
/** No server may park a client for longer than this. */
export const LONGEST_HINT_MS = 900_000;

/** Exponential backoff with full jitter (AWS style): a herd of clients comes back spread out. */
export const fullJitter: ReconnectPolicy = {
  nextDelayMs(failures, chance, retryAfterMs) {
    if (failures >= MAX_RECONNECT_ATTEMPTS) return null;
    const jitter = chance * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** failures);
    if (retryAfterMs === undefined) return jitter;
    return Math.min(LONGEST_HINT_MS, Math.max(0, retryAfterMs)) + chance * BACKOFF_BASE_MS;
  },
};
