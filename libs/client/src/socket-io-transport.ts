import { Decoder, Encoder, PROTOCOL_VERSION } from '@bytechat/protocol';
import { io, type Socket } from 'socket.io-client';
import { readAcknowledgement, readServerEvent, readWireError } from './server-schemas.ts';
import { TransportError, type Transport, type TransportFactory } from './transport.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/** Socket.IO over WebSocket only, with the one-frame parser. `client` names the kind of client in the handshake. */
export function socketIoTransport(client: 'web' | 'sdk'): TransportFactory {
  return (endpoint, listener) => {
    const socket = io(endpoint.url, {
      path: '/socket.io',
      transports: ['websocket'],
      parser: { Encoder, Decoder },
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
      auth: { v: PROTOCOL_VERSION, client },
    });
    const close = (): void => {
      socket.off();
      socket.offAny();
      socket.disconnect();
    };
    const end = (reason: unknown): void => {
      close();
      listener.closed(readWireError((reason as { data?: unknown } | undefined)?.data));
    };
    socket.onAny((name: unknown, payload: unknown) => {
      const event = readServerEvent(name, payload);
      if (event) listener.event(event);
    });
    socket.on('connect_error', end);
    socket.on('disconnect', () => end(undefined));
    return { request: requester(socket), close };
  };
}

function requester(socket: Socket): Transport['request'] {
  return async (event, payload, { timeoutMs }) => {
    // A disconnected socket would buffer the event for a connection that never comes.
    if (socket.disconnected) throw new TransportError('closed');
    let answer: unknown;
    try {
      answer = await socket.timeout(timeoutMs).emitWithAck(event, payload);
    } catch {
      throw new TransportError(socket.connected ? 'timeout' : 'closed');
    }
    const acknowledgement = readAcknowledgement(event, answer);
    if (!acknowledgement) throw new TransportError('timeout');
    return acknowledgement;
  };
}
