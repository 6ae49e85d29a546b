import type { LoggerService } from '@nestjs/common';
import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';

/** Nest's own lines: its wiring is worth a debug line, its warnings and errors are worth seeing. */
export class NestLogger implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log.child({ from: 'nest' });
  }

  log(message: unknown): void {
    this.#log.debug(textOf(message));
  }

  debug(message: unknown): void {
    this.#log.debug(textOf(message));
  }

  verbose(message: unknown): void {
    this.#log.debug(textOf(message));
  }

  warn(message: unknown): void {
    this.#log.warn(textOf(message));
  }

  error(message: unknown): void {
    this.#log.error({ error: describeError(message) }, 'Nest reports an error.');
  }

  fatal(message: unknown): void {
    this.#log.fatal({ error: describeError(message) }, 'Nest reports an error.');
  }
}

const textOf = (message: unknown): string => (typeof message === 'string' ? message : '');
