import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { RoomStore } from '@bytechat/rooms';
import type { GatewayConfig } from '@bytechat/config';
import { describeError } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';
import { CONFIG, LOG, ROOM_STORE } from '../tokens.ts';

/** Has the store remove, now and then, what no expiry removes. */
@Injectable()
export class Sweeper implements OnModuleInit, OnModuleDestroy {
  readonly #store: RoomStore;
  readonly #intervalMs: number;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ROOM_STORE) store: RoomStore,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(LOG) log: Log,
  ) {
    this.#store = store;
    this.#intervalMs = config.roomCleanupIntervalSeconds * 1_000;
    this.#log = log;
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.#sweep(), this.#intervalMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  async #sweep(): Promise<void> {
    try {
      const removed = await this.#store.sweep();
      this.#log.debug({ removed }, 'Swept the room store.');
    } catch (error) {
      this.#log.warn({ error: describeError(error) }, 'The room store could not be swept.');
    }
  }
}
