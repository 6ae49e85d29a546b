import { KEPT_HASHES, KEY_UPDATES_PER_PAGE, MAX_PENDING, MAX_STAGE_BYTES } from '@bytechat/protocol';
import type { StoreLimits } from '../room-store.ts';
import {
  GATE_LIMITS,
  PAGE_ITEM_OVERHEAD,
  PAGE_ITEMS,
  PENDING_RETRY_MS,
  type MemberRates,
  type StoreLifetimes,
} from '../store-settings.ts';

/** What every room script gets as its second argument. */
export function scriptSettings(limits: StoreLimits, lifetimes: StoreLifetimes, rates: MemberRates): string {
  return JSON.stringify({
    ...lifetimes,
    emptyMs: limits.emptyRoomSeconds * 1_000,
    maxMembers: limits.maxMembers,
    maxMessages: limits.maxMessages,
    rates: { ...rates, message: { burst: limits.messageBurst, intervalMs: limits.messageIntervalMs } },
    gates: GATE_LIMITS,
    keptHashes: KEPT_HASHES,
    maxPending: MAX_PENDING,
    pendingRetryMs: PENDING_RETRY_MS,
    maxStageBytes: MAX_STAGE_BYTES,
    pageItems: PAGE_ITEMS,
    keyUpdatesPerPage: KEY_UPDATES_PER_PAGE,
    itemOverhead: PAGE_ITEM_OVERHEAD,
  });
}
