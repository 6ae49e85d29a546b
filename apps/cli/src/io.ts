import type { Readable, Writable } from 'node:stream';
import { Interruption } from './failure.ts';
import { askHidden } from './input/hidden-prompt.ts';

/** The world around a command, so that a test can be it. */
export interface Io {
  stdin: Readable & { isTTY?: boolean };
  /** What was asked for: messages, a link, a result. */
  stdout: Writable & { isTTY?: boolean; hasColors?: () => boolean };
  /** Everything else. */
  stderr: Writable;
  environment: Readonly<Record<string, string | undefined>>;
  /** Aborted with an `Interruption`. */
  interrupted: AbortSignal;
  /** Asks on the terminal without showing what is typed. Undefined where there is no terminal. */
  askHidden(question: string): Promise<string | undefined>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** This process. The first signal asks the command to leave; a second one ends the process as usual. */
export function processIo(): Io {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Interruption());
  for (const signal of SIGNALS) process.once(signal, interrupt);
  // Somebody like `head` has read enough.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', interrupt);
  const { stdin, stdout, stderr } = process;
  return { stdin, stdout, stderr, environment: process.env, interrupted: interruption.signal, askHidden };
}

/** The promise, unless the person interrupts first. @throws {Interruption} */
export async function unlessInterrupted<T>({ interrupted }: Io, promise: Promise<T>): Promise<T> {
  const { promise: interruption, reject } = Promise.withResolvers<never>();
  const interrupt = (): void => reject(interrupted.reason as Interruption);
  if (interrupted.aborted) interrupt();
  interrupted.addEventListener('abort', interrupt);
  try {
    return await Promise.race([promise, interruption]);
  } finally {
    interrupted.removeEventListener('abort', interrupt);
  }
}
