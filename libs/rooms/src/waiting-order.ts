import { hex } from './bytes.ts';
import type { PendingNewcomer } from './room-store.ts';

/** Who asked first comes first; the same in every store. */
export function inOrderOfArrival(
  waiting: readonly (PendingNewcomer & { until: number })[],
): PendingNewcomer[] {
  return [...waiting]
    .sort((a, b) => a.until - b.until || (hex(a.mid) < hex(b.mid) ? -1 : 1))
    .map(({ kp, kph, mid, sigPub, connection }) => ({ kp, kph, mid, sigPub, connection }));
}
