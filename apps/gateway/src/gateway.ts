import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createRooms } from '@bytechat/rooms';
import type { Request } from 'express';
import { AppModule, type Foundations } from './app.module.ts';
import { Connections } from './chat/connections.ts';
import type { GatewayConfig } from './config/config.ts';
import { proxyTrust } from './edge/address.ts';
import { BytechatIoAdapter } from './edge/bytechat-io-adapter.ts';
import { InFlight } from './edge/in-flight.ts';
import { HttpExceptionFilter } from './http/http-exception.filter.ts';
import { inlineHashes } from './http/inline-hashes.ts';
import { createInternalServer } from './http/internal-server.ts';
import { Readiness } from './http/readiness.ts';
import { securityHeaders } from './http/security-headers.ts';
import { readIndex, serveWebClient } from './http/web-client.ts';
import { drain } from './lifecycle/drain.ts';
import type { Log } from './logging/log.ts';
import { NestLogger } from './logging/nest-logger.ts';
import { limitsOf, openStore } from './store/open-store.ts';
import { openAdapterConnections } from './store/redis-connections.ts';
import { TIMINGS_OF_PROTOCOL, type Timings } from './timings.ts';

/** A gateway that serves. */
export interface Gateway {
  port: number;
  internalPort: number;
  /** Moves the clients away within the configured window. */
  drain(): Promise<void>;
  /** Ends everything at once; after `drain`, or alone. */
  close(): Promise<void>;
}

/** What a test may replace. */
export interface GatewayOptions {
  log: Log;
  timings?: Partial<Timings>;
  /** Instead of the store that the configuration names. */
  store?: Foundations['store'];
}

/** Slow or idle clients don't hold connections: between two checks, for the head of a request, for all of it. */
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Builds and starts a gateway.
 * @throws when a port is taken (`EADDRINUSE`) or Redis can't be reached.
 */
export async function startGateway(config: GatewayConfig, options: GatewayOptions): Promise<Gateway> {
  const foundations = await layFoundations(config, options);
  const nestOptions = Object.assign(new NestApplicationContextOptions(), {
    logger: new NestLogger(foundations.log),
    abortOnError: false,
    bodyParser: false,
  });
  const app = await NestFactory.create<NestExpressApplication>(AppModule.on(foundations), nestOptions);
  const inFlight = new InFlight();
  const readiness = app.get(Readiness);
  configureHttp(app, foundations);
  app.useWebSocketAdapter(
    new BytechatIoAdapter(app, {
      ...foundations,
      allowedOrigins: config.allowedOrigins,
      inFlight,
      isOpen: () => !readiness.isDraining(),
    }),
  );
  const internal = createInternalServer(readiness);
  const close = async (): Promise<void> => {
    await Promise.all([app.close(), closeServer(internal)]);
    await foundations.store.close();
  };
  try {
    await listen(internal, config.internalPort, config.internalHost);
    await app.listen(config.port, config.host);
  } catch (error) {
    await close();
    throw error;
  }
  readiness.serving();
  const httpServer = app.getHttpServer();
  return {
    port: portOf(httpServer),
    internalPort: portOf(internal),
    drain: () =>
      drain({
        readiness,
        connections: app.get(Connections),
        inFlight,
        httpServer,
        drainMs: config.drainSeconds * 1_000,
      }),
    close,
  };
}

async function layFoundations(
  config: GatewayConfig,
  { log, timings, store: given }: GatewayOptions,
): Promise<Foundations> {
  const store = given ?? (await openStore(config, log));
  return {
    config,
    log,
    timings: { ...TIMINGS_OF_PROTOCOL, ...timings },
    trust: proxyTrust(config.trustedProxies),
    store,
    rooms: createRooms(store, { pepper: config.secretKey, limits: limitsOf(config) }),
    adapterConnections:
      config.redis === undefined ? undefined : await openAdapterConnections(config.redis, log),
  };
}

function configureHttp(app: NestExpressApplication, { config, trust }: Foundations): void {
  const server = app.getHttpServer();
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  app.disable('x-powered-by');
  app.set('trust proxy', trust);
  app.useGlobalFilters(app.get(HttpExceptionFilter));
  const index = config.webRoot === undefined ? undefined : readIndex(config.webRoot);
  app.use(securityHeaders(inlineHashes(index ?? ''), isSecure));
  if (config.webRoot !== undefined && index !== undefined) serveWebClient(app, config.webRoot, index);
}

/** Express knows, with X-Forwarded-Proto of a trusted proxy. */
const isSecure = (request: IncomingMessage): boolean => (request as Request).secure;

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

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
