import {
  COMMIT_KEEP_SECONDS,
  MEMBERSHIP_SECONDS,
  PENDING_SECONDS,
  PRESENCE_LEASE_SECONDS,
  REINIT_INTERVAL_SECONDS,
  STAGE_SECONDS,
} from '@bytechat/protocol';
import type { StoreLimits } from './room-store.ts';

/** How long things live that no operator chooses, in milliseconds. Tests shorten them. */
export interface StoreLifetimes {
  /** Presence after the last heartbeat. */
  presenceMs: number;
  /** Membership after presence has run out (PROTOCOL decision 4). */
  membershipMs: number;
  /** Commits, wraps, group infos and item hashes: as long as somebody may still resume who missed them. */
  keepMs: number;
  /** Staged parts after the last of them came. */
  stageMs: number;
  /** A newcomer's place in the waiting list. */
  pendingMs: number;
  /** How long a connection that proved the gate of an empty room may found its group. */
  entitlementMs: number;
  /** An open connection of an address, after its last renewal. */
  connectionMs: number;
  /** Between two foundings of one room by members (REINIT, PROTOCOL decision 9). */
  reinitMs: number;
  /** A salt of address keys is current for this long, and previous for as long again. */
  saltMs: number;
}

const SECOND = 1_000;

export const PROTOCOL_LIFETIMES: StoreLifetimes = {
  presenceMs: PRESENCE_LEASE_SECONDS * SECOND,
  membershipMs: MEMBERSHIP_SECONDS * SECOND,
  keepMs: (COMMIT_KEEP_SECONDS + PRESENCE_LEASE_SECONDS) * SECOND,
  stageMs: STAGE_SECONDS * SECOND,
  pendingMs: PENDING_SECONDS * SECOND,
  entitlementMs: PENDING_SECONDS * SECOND,
  connectionMs: 60 * SECOND,
  reinitMs: REINIT_INTERVAL_SECONDS * SECOND,
  saltMs: 24 * 3_600 * SECOND,
};

/** The seed's limits. */
export const DEFAULT_STORE_LIMITS: StoreLimits = {
  maxMessages: 512,
  maxMembers: 1_000,
  maxRoomsPerAddress: 100,
  messageIntervalMs: 1_000,
  messageBurst: 5,
  emptyRoomSeconds: 3_600,
};

/** Wrong gates (PROTOCOL decision 20): per room and address, and per room, where only joins are locked. */
export const GATE_LIMITS = {
  addressFailures: 10,
  addressWindowMs: 15 * 60 * SECOND,
  roomFailures: 100,
  roomWindowMs: 3_600 * SECOND,
  firstLockMs: 60 * SECOND,
  longestLockMs: 3_600 * SECOND,
} as const;

/** A token bucket: one comes back every `intervalMs`, `burst` at most. */
export interface Rate {
  burst: number;
  intervalMs: number;
}

/** How often a member may do what no operator chooses. Tests loosen them. */
export interface MemberRates {
  commit: Rate;
  /** Ephemeral items have a bucket of their own (PROTOCOL decision 13). */
  ephemeral: Rate;
  keyUpdate: Rate;
  complaint: Rate;
  /** Chunks of files that a member sends and fetches: a budget of their own, so that messages never wait for them. */
  blobPut: Rate;
  blobGet: Rate;
}

export const PROTOCOL_RATES: MemberRates = {
  commit: { burst: 3, intervalMs: SECOND },
  ephemeral: { burst: 3, intervalMs: 10 * SECOND },
  keyUpdate: { burst: 3, intervalMs: SECOND },
  complaint: { burst: 3, intervalMs: 2 * SECOND },
  blobPut: { burst: 64, intervalMs: 50 },
  blobGet: { burst: 160, intervalMs: 25 },
};

/** When the waiting list is full: members let newcomers in within seconds. */
export const PENDING_RETRY_MS = 2 * SECOND;

/** Items in one page of the log, and what one costs beside its bytes. */
export const PAGE_ITEMS = 512;
export const PAGE_ITEM_OVERHEAD = 64;

/** What every store is made with. */
export interface StoreSettings {
  limits: StoreLimits;
  lifetimes?: Partial<StoreLifetimes>;
  rates?: Partial<MemberRates>;
  /** Milliseconds since 1970; tests inject it. Without it: the store's own clock. */
  now?: () => number;
}

/** How long a message's id and bytes are remembered: its life, and never shorter than a member may retry. */
export const dedupeMsOf = (ttlSeconds: number, lifetimes: StoreLifetimes): number =>
  Math.max(ttlSeconds * SECOND, lifetimes.keepMs);

/** The interval at which a bucket's tokens come back, in whole milliseconds. */
export const bucketIntervalMs = (perMinute: number): number => Math.ceil((60 * SECOND) / perMinute);
