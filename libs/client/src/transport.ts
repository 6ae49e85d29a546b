import type {
  AckBodies,
  Acknowledgement,
  ClientEventName,
  ClientEventPayload,
  ServerEventName,
  ServerToClient,
  WireError,
} from '@bytechat/protocol';
import type { Endpoint } from './api.ts';

/**
 * One connection to a gateway, from its first byte to its end. There is no reconnection in it: the connection
 * machine makes a new one for every try.
 */
export interface Transport {
  /**
   * Sends an event and waits for its acknowledgement.
   * @throws {TransportError} `timeout` when no (well-formed) answer came in time, `closed` when the connection ended.
   */
  request<E extends ClientEventName>(
    event: E,
    payload: ClientEventPayload<E>,
    options: { timeoutMs: number },
  ): Promise<Acknowledgement<AckBodies[E]>>;
  /** Ends it; the listener hears nothing more. */
  close(): void;
}

export type ServerEvent = {
  [E in ServerEventName]: { name: E; payload: ServerToClient[E] };
}[ServerEventName];

export interface TransportListener {
  event(event: ServerEvent): void;
  /** Called once, never after `close()`. `error`: the gateway's refusal of the handshake. */
  closed(error: WireError | undefined): void;
}

export type TransportFactory = (endpoint: Endpoint, listener: TransportListener) => Transport;

/** It is not known what became of the request. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'timeout' | 'closed';

  constructor(kind: 'timeout' | 'closed') {
    super(kind === 'timeout' ? 'No answer came in time.' : 'The connection has ended.');
    this.kind = kind;
  }
}

/** How long an acknowledgement may take. */
export const ACK_TIMEOUT_MS = 5_000;
