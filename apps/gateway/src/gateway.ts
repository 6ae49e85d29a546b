import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createBlobs, createRooms, type MemoryRoomStore } from '@bytechat/rooms';
import { AppModule, type Foundations } from './app.module.ts';
import { Connections, roomName } from './chat/connections.ts';
import type { GatewayConfig } from '@bytechat/config';
import { cameOverHttps, proxyTrust } from './edge/address.ts';
import { BytechatIoAdapter } from './edge/bytechat-io-adapter.ts';
import { InFlight } from './edge/in-flight.ts';
import { allowOrigins } from './http/cross-origin.ts';
import { HttpAdapter } from './http/http-adapter.ts';
import { HttpExceptionFilter } from './http/http-exception.filter.ts';
import { createInternalServer } from './http/internal-server.ts';
import { Readiness } from './http/readiness.ts';
import { securityHeaders, type Middleware } from './http/security-headers.ts';
import { readIndex, serveWebClient } from './http/web-client.ts';
import { drain } from './lifecycle/drain.ts';
import type { Log } from './logging/log.ts';
import { NestLogger } from './logging/nest-logger.ts';
import { measuredRooms } from './metrics/measured-rooms.ts';
import { measuredStore } from './metrics/measured-store.ts';
import { Metrics } from './metrics/metrics.ts';
import { sharedCircuit } from './store/circuit.ts';
import { blobLimitsOf, embeddedStore, limitsOf, openStore } from './store/open-store.ts';
import { openAdapterConnections } from './store/adapter-connections.ts';
import { TIMINGS_OF_PROTOCOL, type Timings } from './timings.ts';

/** A gateway that serves. */
export interface Gateway {
  readonly port: number;
  readonly internalPort: number;
  /** Moves the clients away within the configured window. */
  drain(): Promise<void>;
  /** Ends everything at once; after `drain`, or alone. */
  close(): Promise<void>;
}

/** What a test may replace. */
export interface GatewayOptions {
  log: Log;
  timings?: Partial<Timings>;
  /** Instead of the store that the configuration names: an embedded one. */
  store?: MemoryRoomStore;
}

/**
 * Builds and starts a gateway.
 * @throws when a port is taken (`EADDRINUSE`) or Redis can't be reached.
 */
export async function startGateway(config: GatewayConfig, options: GatewayOptions): Promise<Gateway> {
  const foundations = await layFoundations(config, options);
  const app = await createApp(foundations);
  const gateway = new RunningGateway(app, foundations);
  try {
    await gateway.listen();
  } catch (error) {
    await gateway.close();
    throw error;
  }
  return gateway;
}

async function layFoundations(
  config: GatewayConfig,
  { log, timings, store: given }: GatewayOptions,
): Promise<Foundations> {
  const metrics = new Metrics({ hasRedis: config.redis !== undefined });
  const opened =
    given === undefined ? await openStore(config, log) : embeddedStore(given, blobLimitsOf(config));
  const guarded = config.redis === undefined ? <T>(bare: T): T => bare : sharedCircuit();
  const store = guarded(measuredStore(opened.store, metrics));
  const blobs = guarded(measuredStore(opened.blobs, metrics));
  const rooms = createRooms(store, { pepper: config.secretKey, limits: limitsOf(config) });
  return {
    config,
    log,
    metrics,
    timings: { ...TIMINGS_OF_PROTOCOL, ...timings },
    trust: proxyTrust(config.trustedProxies),
    store,
    closeStore: opened.close,
    rooms: measuredRooms(rooms, metrics),
    blobs: createBlobs(blobs, blobLimitsOf(config)),
    adapterConnections:
      config.redis === undefined
        ? undefined
        : await openAdapterConnections(config.redis, log, () =>
            metrics.count('bytechat_bus_dropped_total', {}),
          ),
  };
}

async function createApp(foundations: Foundations): Promise<NestExpressApplication> {
  const nestOptions = Object.assign(new NestApplicationContextOptions(), {
    logger: new NestLogger(foundations.log),
    abortOnError: false,
    bodyParser: false,
  });
  return NestFactory.create<NestExpressApplication>(
    AppModule.on(foundations),
    new HttpAdapter(),
    nestOptions,
  );
}

class RunningGateway implements Gateway {
  readonly #app: NestExpressApplication;
  readonly #foundations: Foundations;
  readonly #readiness: Readiness;
  readonly #inFlight = new InFlight();
  readonly #internal: Server;
  port = 0;
  internalPort = 0;

  constructor(app: NestExpressApplication, foundations: Foundations) {
    this.#app = app;
    this.#foundations = foundations;
    this.#readiness = app.get(Readiness);
    this.#internal = createInternalServer(this.#readiness, foundations.metrics);
    this.#configure();
    this.#measure();
  }

  async listen(): Promise<void> {
    const { host, port, internalHost, internalPort } = this.#foundations.config;
    await listen(this.#internal, internalPort, internalHost);
    await this.#app.listen(port, host);
    this.internalPort = portOf(this.#internal);
    this.port = portOf(this.#app.getHttpServer());
    this.#readiness.serving();
  }

  drain(): Promise<void> {
    return drain({
      readiness: this.#readiness,
      connections: this.#app.get(Connections),
      inFlight: this.#inFlight,
      httpServer: this.#app.getHttpServer(),
      drainMs: this.#foundations.config.drainSeconds * 1_000,
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#app.close(), closeServer(this.#internal)]);
    await this.#foundations.closeStore();
  }

  #measure(): void {
    const { metrics } = this.#foundations;
    const connections = this.#app.get(Connections);
    metrics.readAtScrape('bytechat_connections', () => connections.all().length);
    metrics.readAtScrape('bytechat_rooms', () => roomCount(connections));
    metrics.readAtScrape('bytechat_draining', () => Number(this.#readiness.isDraining()));
  }

  #configure(): void {
    const { config, trust } = this.#foundations;
    const index = config.webRoot === undefined ? undefined : readIndex(config.webRoot);
    const headers = securityHeaders(index ?? '', (request) => cameOverHttps(request, trust));
    configureHttp(this.#app, headers);
    if (config.allowedOrigins !== undefined) this.#app.use('/api', allowOrigins(config.allowedOrigins));
    if (config.webRoot !== undefined && index !== undefined) serveWebClient(this.#app, config.webRoot, index);
    this.#app.useWebSocketAdapter(
      new BytechatIoAdapter(this.#app, {
        ...this.#foundations,
        headers,
        allowedOrigins: config.allowedOrigins,
        inFlight: this.#inFlight,
        isOpen: () => !this.#readiness.isDraining(),
      }),
    );
  }
}

function configureHttp(app: NestExpressApplication, headers: Middleware): void {
  app.disable('x-powered-by');
  app.useGlobalFilters(app.get(HttpExceptionFilter));
  app.use(headers);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Rooms that a member on this pod is in. */
function roomCount(connections: Connections): number {
  const seats = connections.all().flatMap(({ data }) => data.seat ?? []);
  return new Set(seats.filter(({ standing }) => standing === 'member').map(({ rid }) => roomName(rid))).size;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
