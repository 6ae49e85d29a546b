import { Inject, Injectable } from '@nestjs/common';
import type { ChatServer } from '../edge/chat-socket.ts';
import type { Log } from '../logging/log.ts';
import type { AdapterConnections } from '../store/adapter-connections.ts';
import { ADAPTER_CONNECTIONS, LOG } from '../tokens.ts';
import { decodeBusMessage, encodeBusMessage, type BusMessage } from './bus-message.ts';

/** Carries messages to the other pods over the Socket.IO adapter; on the embedded store there are none. */
@Injectable()
export class Bus {
  readonly #connections: AdapterConnections | undefined;
  readonly #log: Log;
  #server: ChatServer | undefined;

  constructor(
    @Inject(ADAPTER_CONNECTIONS) connections: AdapterConnections | undefined,
    @Inject(LOG) log: Log,
  ) {
    this.#connections = connections;
    this.#log = log;
  }

  attach(server: ChatServer, receive: (message: BusMessage) => void): void {
    this.#server = server;
    server.on('bus', (text) => {
      const message = decodeBusMessage(text);
      if (message === undefined) this.#log.warn('A malformed message came over the bus.');
      else receive(message);
    });
  }

  /** Whether the other pods can be reached, or there are none. */
  isUp(): boolean {
    return this.#connections === undefined || this.#connections.publisher.status === 'ready';
  }

  publish(message: BusMessage): void {
    if (this.#connections === undefined) return;
    this.#server?.serverSideEmit('bus', encodeBusMessage(message));
  }
}
