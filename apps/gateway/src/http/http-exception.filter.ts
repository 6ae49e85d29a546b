import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { WireError } from '@bytechat/protocol';
import { RoomError } from '@bytechat/rooms';
import type { Request, Response } from 'express';
import { describeError } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';
import { StoreOutOfReach } from '../store/circuit.ts';
import { LOG } from '../tokens.ts';

interface Answer {
  status: number;
  /** `{ error }`: a WireError where the rules refused, a sentence otherwise. */
  error: WireError | string;
}

/** Every refusal over HTTP, in words of ours: JSON, or a small page for a browser that asked for one. */
@Catch()
export class HttpExceptionFilter implements ExceptionFilter {
  readonly #log: Log;

  constructor(@Inject(LOG) log: Log) {
    this.#log = log;
  }

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { status, error } = this.#answer(exception);
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>().status(status).setHeader('Cache-Control', 'no-store');
    if (typeof error === 'object' && error.retryAfterMs !== undefined)
      response.setHeader('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)));
    if (typeof error === 'string' && wantsPage(request)) response.type('html').send(page(status, error));
    else response.json({ error });
  }

  #answer(exception: unknown): Answer {
    if (exception instanceof StoreOutOfReach) return { status: 503, error: exception.toRefusal().toWire() };
    if (exception instanceof RoomError) {
      const error = exception.toWire();
      return { status: exception.code === 'ERR_RATE' ? 429 : 503, error };
    }
    if (exception instanceof HttpException && exception.getStatus() < 500)
      return { status: exception.getStatus(), error: sentenceFor(exception.getStatus()) };
    if (isClientError(exception)) return { status: exception.status, error: sentenceFor(exception.status) };
    this.#log.error({ error: describeError(exception) }, 'A request could not be served.');
    return { status: 500, error: sentenceFor(500) };
  }
}

/** Express marks what the client did wrong (a malformed path) with a status of its own. */
function isClientError(exception: unknown): exception is Error & { status: number } {
  return (
    exception instanceof Error &&
    'status' in exception &&
    typeof exception.status === 'number' &&
    exception.status >= 400 &&
    exception.status < 500
  );
}

function sentenceFor(status: number): string {
  if (status === 404) return 'There is nothing here.';
  return status < 500 ? 'The request is malformed.' : 'Something went wrong here.';
}

const wantsPage = (request: Request): boolean =>
  !request.path.startsWith('/api') && request.accepts(['json', 'html']) === 'html';

const page = (status: number, sentence: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>ByteChat: ${status}</title></head>` +
  `<body><h1>${status}</h1><p>${sentence}</p></body></html>`;
