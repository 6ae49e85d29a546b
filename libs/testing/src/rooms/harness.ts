import type * as Globals from '@jest/globals';
import type { MemberRates, RoomStore, StoreLifetimes, StoreLimits } from '@bytechat/rooms';

/** Time that only a test moves. It begins when time did: generations, which follow it, are small numbers then. */
export class ManualClock {
  #now = 1;

  readonly now = (): number => this.#now;

  advance(ms: number): void {
    this.#now += ms;
  }
}

export interface StoreWorld {
  /** A store over the world's data, as another pod would have it. Closed with the world. */
  open(): RoomStore;
  /** What is physically stored: keys, or rooms and addresses in memory. */
  countStored(): Promise<number>;
  /** Makes the store forget its scripts, where it has any. */
  forgetScripts(): Promise<void>;
  /** Has another master serve the same data, as after a restart or a failover that lost nothing. */
  changeMaster(): Promise<void>;
  /** Stored things that would stay for ever. */
  listWithoutExpiry(): Promise<string[]>;
  close(): Promise<void>;
}

export interface WorldSettings {
  limits: StoreLimits;
  lifetimes?: Partial<StoreLifetimes>;
  rates?: Partial<MemberRates>;
  /** Without it: the store's own clock. */
  now?: () => number;
}

/** Makes an empty world. */
export type WorldFactory = (settings: WorldSettings) => Promise<StoreWorld>;

/** Handed in by the spec: `@jest/globals` can't be loaded outside a test. */
export type Jest = Pick<typeof Globals, 'describe' | 'it' | 'expect' | 'afterEach'>;

/** What a file of stories gets. */
export interface Stage {
  jest: Jest;
  /** An empty world with the default limits and a manual clock; closed after the test. */
  setUp(
    settings?: Partial<WorldSettings>,
  ): Promise<{ world: StoreWorld; store: RoomStore; clock: ManualClock }>;
}
