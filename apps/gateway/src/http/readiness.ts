import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { RoomStore } from '@bytechat/rooms';
import type { Log } from '../logging/log.ts';
import type { Timings } from '../timings.ts';
import { LOG, ROOM_STORE, TIMINGS } from '../tokens.ts';

/** Pings in a row that must fail, or succeed, before the pod changes its mind. */
const FAILURES_UNTIL_DOWN = 3;
const SUCCESSES_UNTIL_UP = 2;

export type UnreadyReason = 'starting' | 'draining' | 'store';

/** Whether this pod should get new connections. A short hiccup of the store doesn't make it go away. */
@Injectable()
export class Readiness implements OnModuleInit, OnModuleDestroy {
  readonly #store: RoomStore;
  readonly #timings: Timings;
  readonly #log: Log;
  #phase: 'starting' | 'serving' | 'draining' = 'starting';
  #storeIsUp = true;
  /** Pings in a row that speak against `#storeIsUp`. */
  #contradictions = 0;
  #isPinging = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ROOM_STORE) store: RoomStore,
    @Inject(TIMINGS) timings: Timings,
    @Inject(LOG) log: Log,
  ) {
    this.#store = store;
    this.#timings = timings;
    this.#log = log;
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.#ping(), this.#timings.storePingMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  serving(): void {
    this.#phase = 'serving';
  }

  draining(): void {
    this.#phase = 'draining';
  }

  isDraining(): boolean {
    return this.#phase === 'draining';
  }

  /** Why the pod isn't ready; empty when it is. */
  reasons(): UnreadyReason[] {
    const reasons: UnreadyReason[] = this.#phase === 'serving' ? [] : [this.#phase];
    return this.#storeIsUp ? reasons : [...reasons, 'store'];
  }

  async #ping(): Promise<void> {
    if (this.#isPinging) return;
    this.#isPinging = true;
    const answered = await answersWithin(this.#store.ping(), this.#timings.storePingTimeoutMs);
    this.#isPinging = false;
    this.#conclude(answered);
  }

  #conclude(answered: boolean): void {
    this.#contradictions = answered === this.#storeIsUp ? 0 : this.#contradictions + 1;
    if (this.#contradictions < (this.#storeIsUp ? FAILURES_UNTIL_DOWN : SUCCESSES_UNTIL_UP)) return;
    this.#storeIsUp = answered;
    this.#contradictions = 0;
    if (answered) this.#log.info('The room store is back.');
    else this.#log.warn('The room store is out of reach.');
  }
}

async function answersWithin(ping: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms).unref();
  });
  const answered = ping.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
