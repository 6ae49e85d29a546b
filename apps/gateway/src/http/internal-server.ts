import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PROTOCOL_VERSION } from '@bytechat/protocol';
import { VERSION } from '../version.ts';
import type { Readiness } from './readiness.ts';

/**
 * The second, internal server, for probes: `/healthz` (this process alone, never the store), `/readyz` (with the
 * reasons when not), `/version`.
 */
export function createInternalServer(readiness: Pick<Readiness, 'reasons'>): Server {
  return createServer((request, response) => answer(request, response, readiness));
}

type Body = Record<string, unknown>;

function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  readiness: Pick<Readiness, 'reasons'>,
): void {
  if (method !== 'GET' && method !== 'HEAD') {
    send(response, 405, { error: 'Only GET is answered.' });
    return;
  }
  const [status, body] = bodyOf(url, readiness);
  send(response, status, body);
}

function bodyOf(url: string, readiness: Pick<Readiness, 'reasons'>): [status: number, body: Body] {
  switch (url) {
    case '/healthz':
      return [200, { status: 'ok' }];
    case '/readyz': {
      const reasons = readiness.reasons();
      const ready = reasons.length === 0;
      return [ready ? 200 : 503, { ready, reasons }];
    }
    case '/version':
      return [200, { name: 'bytechat-gateway', version: VERSION, protocol: PROTOCOL_VERSION }];
    default:
      return [404, { error: 'There is nothing here.' }];
  }
}

function send(response: ServerResponse, status: number, body: Body): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}
