import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { RoomStore } from '@bytechat/rooms';
import { Connections } from '../chat/connections.ts';
import type { Timings } from '../timings.ts';
import { ROOM_STORE, TIMINGS } from '../tokens.ts';

/** Renews the places that this pod's connections hold in their addresses' allowance; a pod that dies frees them. */
@Injectable()
export class ConnectionLeases implements OnModuleInit, OnModuleDestroy {
  readonly #store: RoomStore;
  readonly #connections: Connections;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ROOM_STORE) store: RoomStore,
    @Inject(Connections) connections: Connections,
    @Inject(TIMINGS) timings: Timings,
  ) {
    this.#store = store;
    this.#connections = connections;
    this.#intervalMs = timings.heartbeatMs;
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => this.#renew(), this.#intervalMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** A store that is out of reach is Readiness's news; the next renewal comes soon. */
  #renew(): void {
    const held = this.#connections
      .all()
      .map(({ id, data }) => ({ addressKeys: data.address, connection: id }));
    if (held.length > 0) this.#store.renewConnections(held).catch(() => undefined);
  }
}
