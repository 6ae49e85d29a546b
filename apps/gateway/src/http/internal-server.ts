import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PROTOCOL_VERSION } from '@bytechat/protocol';
import type { Metrics } from '../metrics/metrics.ts';
import { COMMIT, VERSION } from '../version.ts';
import { HTTP_LIMITS } from './http-adapter.ts';
import type { Readiness } from './readiness.ts';

type Ready = Pick<Readiness, 'reasons'>;
type Scrape = Pick<Metrics, 'text' | 'contentType'>;

/**
 * The second, internal server, for probes and scrapes: `/healthz` (this process alone, never the store), `/readyz`
 * (with the reasons when not), `/metrics`, `/version`.
 */
export function createInternalServer(readiness: Ready, metrics: Scrape): Server {
  return createServer(HTTP_LIMITS, (request, response) => void answer(request, response, readiness, metrics));
}

async function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  readiness: Ready,
  metrics: Scrape,
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') {
    send(response, 405, json({ error: 'Only GET is answered.' }));
    return;
  }
  try {
    send(response, ...(await answerTo(url, readiness, metrics)));
  } catch {
    send(response, 500, json({ error: 'Something went wrong here.' }));
  }
}

interface Body {
  type: string;
  text: string;
}

/** @throws when the measurements can't be read. */
async function answerTo(
  url: string,
  readiness: Ready,
  metrics: Scrape,
): Promise<[status: number, body: Body]> {
  switch (url) {
    case '/healthz':
      return [200, json({ status: 'ok' })];
    case '/readyz': {
      const reasons = readiness.reasons();
      const ready = reasons.length === 0;
      return [ready ? 200 : 503, json({ ready, reasons })];
    }
    case '/metrics':
      return [200, { type: metrics.contentType, text: await metrics.text() }];
    case '/version':
      return [200, json(ABOUT)];
    default:
      return [404, json({ error: 'There is nothing here.' })];
  }
}

const ABOUT = { name: 'bytechat-gateway', version: VERSION, commit: COMMIT, protocol: PROTOCOL_VERSION };

const json = (body: Record<string, unknown>): Body => ({
  type: 'application/json; charset=utf-8',
  text: JSON.stringify(body),
});

function send(response: ServerResponse, status: number, { type, text }: Body): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}
