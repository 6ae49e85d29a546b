import { createServer, type ServerOptions } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';

/**
 * Slow or idle clients don't hold connections (RELIABILITY L10): for the head of a request, for all of it, and between
 * two looks at who is late.
 */
export const HTTP_LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
} as const satisfies ServerOptions;

/** Express on a server that looks for late requests more often than Node's does: the interval is set at its making only. */
export class HttpAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    this.httpServer = createServer(HTTP_LIMITS, this.getInstance());
  }
}
