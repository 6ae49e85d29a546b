import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';

/** A command did not do what was asked. The message is for a person and holds no secret. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;
  /** The stable code of the SDK, where one stands behind it. */
  readonly code: string | undefined;

  constructor(exitCode: ExitCode, message: string, code?: string) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
  }
}

/** The person has had enough: Ctrl-C, SIGTERM, or nobody reads the output any more. */
export class Interruption extends Failure {
  constructor() {
    super(EXIT.failed, 'Stopped.');
  }
}

/** All is said, line by line; only the exit code is left. */
export class AlreadyTold extends Failure {
  constructor(exitCode: ExitCode) {
    super(exitCode, '');
  }
}

export const usage = (message: string): Failure => new Failure(EXIT.usage, message);
