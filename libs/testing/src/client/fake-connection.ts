import type { AckBodies, Acknowledgement, Bytes, ClientEventName, WireError } from '@bytechat/protocol';
import {
  TransportError,
  type Clock,
  type ServerEvent,
  type Transport,
  type TransportListener,
} from '@bytechat/client';
import type { Caller, Seat } from '@bytechat/rooms';
import { wireCopy } from './wire-copy.ts';

export interface ServerSide {
  handle(connection: FakeConnection, event: ClientEventName, payload: unknown): Promise<Acknowledgement>;
  /** What becomes of a hint on its way: how often it arrives (0: it is lost). */
  copies(connection: FakeConnection, event: ServerEvent): number;
  /** Whether the acknowledgement of a request that was carried out gets lost. */
  losesAck(connection: FakeConnection, event: ClientEventName): boolean;
  gone(connection: FakeConnection): void;
}

/** A connection to the fake gateway, both its ends. Everything arrives later than it was sent, and in order. */
export class FakeConnection implements Transport {
  readonly id: string;
  readonly caller: Caller;
  seat: Seat | undefined;
  readonly #server: ServerSide;
  readonly #listener: TransportListener;
  readonly #clock: Clock;
  readonly #open = new Set<(error: TransportError) => void>();
  #alive = true;

  constructor(deps: {
    id: string;
    challenge: Bytes;
    server: ServerSide;
    listener: TransportListener;
    clock: Clock;
  }) {
    this.id = deps.id;
    const address = { current: 'test', previous: undefined };
    this.caller = { connection: deps.id, address, challenge: deps.challenge };
    this.#server = deps.server;
    this.#listener = deps.listener;
    this.#clock = deps.clock;
  }

  get alive(): boolean {
    return this.#alive;
  }

  // ---- the client's end

  request: Transport['request'] = async (event, payload, { timeoutMs }) => {
    const sent = wireCopy(payload);
    return new Promise<Acknowledgement<AckBodies[typeof event]>>((resolve, reject) => {
      const fail = (error: TransportError): void => {
        this.#open.delete(fail);
        timer.cancel();
        reject(error);
      };
      const timer = this.#clock.schedule(timeoutMs, () => fail(new TransportError('timeout')));
      this.#open.add(fail);
      if (!this.#alive) {
        fail(new TransportError('closed'));
        return;
      }
      void this.#server.handle(this, event, sent).then((answer) => {
        if (!this.#open.has(fail) || this.#server.losesAck(this, event)) return;
        this.#open.delete(fail);
        timer.cancel();
        resolve(wireCopy(answer) as Acknowledgement<AckBodies[typeof event]>);
      });
    });
  };

  close(): void {
    if (this.#end()) this.#server.gone(this);
  }

  // ---- the server's end

  emit(event: ServerEvent): void {
    if (!this.#alive) return;
    const copies = this.#server.copies(this, event);
    for (let copy = 0; copy < copies; copy++) {
      const payload = wireCopy(event.payload);
      queueMicrotask(() => {
        if (this.#alive) this.#listener.event({ name: event.name, payload } as ServerEvent);
      });
    }
  }

  /** The network goes away, or the gateway refuses or ends the connection. */
  cut(error?: WireError): void {
    if (!this.#end()) return;
    this.#server.gone(this);
    queueMicrotask(() => this.#listener.closed(error));
  }

  #end(): boolean {
    if (!this.#alive) return false;
    this.#alive = false;
    for (const fail of [...this.#open]) fail(new TransportError('closed'));
    return true;
  }
}
