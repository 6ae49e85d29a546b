import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Refusal } from '@bytechat/protocol';
import type { Log } from '../logging/log.ts';
import { LOG } from '../tokens.ts';
import { toWireError } from './to-wire-error.ts';

/** The third argument of a handler: how its caller is answered. */
export type Acknowledge = (answer: object) => void;

/** Nest's own filter echoes the payload and never acknowledges; this one acknowledges with the typed error. */
@Catch()
export class WireExceptionFilter implements ExceptionFilter {
  readonly #log: Log;

  constructor(@Inject(LOG) log: Log) {
    this.#log = log;
  }

  catch(exception: unknown, host: ArgumentsHost): void {
    const acknowledge = host.getArgByIndex<Acknowledge>(2);
    const answer: Refusal = { ok: false, error: toWireError(exception, this.#log) };
    acknowledge(answer);
  }
}
