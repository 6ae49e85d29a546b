import { Readable, Writable } from 'node:stream';
import { Interruption } from '../failure.ts';
import type { Io } from '../io.ts';
import { run } from '../program.ts';

interface World {
  input?: string;
  /** What a person types where nothing is shown; undefined without a terminal. */
  hidden?: string;
  environment?: Record<string, string>;
}

/** The world of a command in a test, with what came out of it. */
export class FakeIo implements Io {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly environment: Readonly<Record<string, string>>;
  readonly interrupted: AbortSignal;
  readonly #interruption = new AbortController();
  readonly #hidden: string | undefined;
  out = '';
  err = '';

  constructor({ input = '', hidden, environment = {} }: World = {}) {
    this.environment = environment;
    this.#hidden = hidden;
    this.stdin = Readable.from([Buffer.from(input)]);
    this.interrupted = this.#interruption.signal;
    this.stdout = collector((text) => (this.out += text));
    this.stderr = collector((text) => (this.err += text));
  }

  async askHidden(): Promise<string | undefined> {
    return this.#hidden;
  }

  interrupt(): void {
    this.#interruption.abort(new Interruption());
  }
}

/** Runs a command line in this process. */
export async function runHere(
  args: string[],
  world: World = {},
): Promise<{ code: number; out: string; err: string }> {
  const io = new FakeIo(world);
  const code = await run(args, io);
  return { code, out: io.out, err: io.err };
}

const collector = (take: (text: string) => void): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      take(chunk.toString('utf8'));
      done();
    },
  });
