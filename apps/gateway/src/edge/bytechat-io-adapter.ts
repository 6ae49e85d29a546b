import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { MessageMappingProperties } from '@nestjs/websockets';
import { Encoder, MAX_FRAME_BYTES } from '@bytechat/protocol';
import { RoomError } from '@bytechat/rooms';
import { createAdapter } from '@socket.io/redis-adapter';
import type { Server, ServerOptions } from 'socket.io';
import type { Middleware } from '../http/security-headers.ts';
import type { Log } from '../logging/log.ts';
import { meterConnection } from '../metrics/connection-meter.ts';
import { eventMeter } from '../metrics/event-meter.ts';
import type { LabelsOf, Metrics } from '../metrics/metrics.ts';
import type { AdapterConnections } from '../store/adapter-connections.ts';
import type { ChatServer, ChatSocket } from './chat-socket.ts';
import { bindHandlers } from './dispatch.ts';
import { admit, type HandshakeContext } from './handshake.ts';
import type { InFlight } from './in-flight.ts';
import { isOriginAllowed } from './origin.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { decoderThatTells } from './server-decoder.ts';
import { toWireError } from './to-wire-error.ts';
import { guardWebSockets } from './websocket-layer.ts';

/** What the edge needs of the gateway. */
export interface EdgeContext extends HandshakeContext {
  allowedOrigins: readonly string[] | undefined;
  /** Undefined on the embedded store: one process needs no bus. */
  adapterConnections: AdapterConnections | undefined;
  inFlight: InFlight;
  /** The headers of every answer, also of those that Engine.IO gives. */
  headers: Middleware;
  /** False while draining: nobody new comes in. */
  isOpen: () => boolean;
  log: Log;
  metrics: Metrics;
}

type ConnectionResult = LabelsOf<'bytechat_connections_total'>['result'];
type AllowRequest = NonNullable<ServerOptions['allowRequest']>;

/**
 * Socket.IO as DESIGN §3 wants it: WebSocket only, one binary frame a packet, and everything that decides who may
 * connect done before Nest sees the connection (STYLE §2: handlers run before `handleConnection` has finished).
 */
export class BytechatIoAdapter extends IoAdapter {
  readonly #context: EdgeContext;

  constructor(app: INestApplicationContext, context: EdgeContext) {
    super(app);
    this.#context = context;
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, { ...options, ...this.#options() } as ServerOptions);
    const { adapterConnections, headers } = this.#context;
    server.engine.use(headers);
    guardWebSockets(server, () => this.#invalid('websocket'));
    if (adapterConnections !== undefined) {
      const { publisher, subscriber } = adapterConnections;
      server.adapter(createAdapter(publisher, subscriber, { publishOnSpecificResponseChannel: true }));
    }
    this.#admitTo(server as ChatServer);
    return server;
  }

  override bindMessageHandlers(socket: ChatSocket, handlers: MessageMappingProperties[]): void {
    const { inFlight, metrics } = this.#context;
    bindHandlers(socket, handlers, { inFlight, meter: eventMeter(metrics) });
  }

  /** Nest calls it when the application closes, after the sockets are closed. */
  override async dispose(): Promise<void> {
    await this.#context.adapterConnections?.close();
  }

  #admitTo(server: ChatServer): void {
    server.use((socket, next) => {
      admit(socket, this.#context).then(
        () => {
          this.#concluded('accepted');
          meterConnection(socket, this.#context.metrics);
          next();
        },
        (error: unknown) => next(this.#connectError(error)),
      );
    });
  }

  #options(): Partial<ServerOptions> {
    return {
      path: '/socket.io',
      transports: ['websocket'],
      serveClient: false,
      cookie: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: MAX_FRAME_BYTES,
      connectTimeout: 5_000,
      pingInterval: 10_000,
      pingTimeout: 8_000,
      parser: { Encoder, Decoder: decoderThatTells(() => this.#invalid('parser')) },
      allowRequest: (request, decide) => this.#allowRequest(request, decide),
    };
  }

  #allowRequest(request: IncomingMessage, decide: Parameters<AllowRequest>[1]): void {
    if (!this.#context.isOpen()) {
      this.#concluded('draining');
      const elsewhere = new RoomError('ERR_BUSY', { retryAfterMs: 0 }).toWire();
      refuseUpgrade(request, 503, elsewhere, () => decide('draining', false));
    } else if (!isOriginAllowed(request, this.#context.allowedOrigins)) {
      this.#concluded('ERR_ORIGIN');
      this.#context.metrics.count('bytechat_auth_failures_total', { reason: 'origin' });
      const error = new RoomError('ERR_ORIGIN').toWire();
      refuseUpgrade(request, 403, error, () => decide(error.message, false));
    } else {
      decide(null, true);
    }
  }

  /** The refusal as Socket.IO carries it: the client finds the typed error in `data`. */
  #connectError(error: unknown): Error & { data: object } {
    const data = toWireError(error, this.#context.log);
    this.#concluded(data.code);
    if (data.code === 'ERR_FORMAT' || data.code === 'ERR_VERSION') this.#invalid('handshake');
    return Object.assign(new Error(data.message), { data });
  }

  #concluded(result: ConnectionResult): void {
    this.#context.metrics.count('bytechat_connections_total', { result });
  }

  #invalid(layer: LabelsOf<'bytechat_invalid_frames_total'>['layer']): void {
    this.#context.metrics.count('bytechat_invalid_frames_total', { layer });
  }
}
