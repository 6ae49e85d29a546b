import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process without a terminal, whose output a test can wait for. Input `null` stays open. */
export class Spawned {
  readonly #child: ChildProcess;
  readonly #exit: Promise<[number | null]>;
  readonly #waiting = new Set<() => void>();
  out = '';
  err = '';

  constructor(args: string[], options: { env?: Record<string, string>; input?: string | null } = {}) {
    this.#child = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'] ?? '', ...options.env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#exit = once(this.#child, 'close') as Promise<[number | null]>;
    this.#child.stdout?.on('data', (chunk: Buffer) =>
      this.#heard(() => (this.out += chunk.toString('utf8'))),
    );
    this.#child.stderr?.on('data', (chunk: Buffer) =>
      this.#heard(() => (this.err += chunk.toString('utf8'))),
    );
    this.#child.on('close', () => this.#heard(() => undefined));
    // It may end before it has read all.
    this.#child.stdin?.on('error', () => undefined);
    if (options.input !== null) this.#child.stdin?.end(options.input ?? '');
  }

  /** The first match in standard output. @throws when the process ends without it. */
  seen(pattern: RegExp): Promise<string> {
    return this.#match(pattern, () => this.out);
  }

  /** The first match in standard error. @throws when the process ends without it. */
  told(pattern: RegExp): Promise<string> {
    return this.#match(pattern, () => this.err);
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  closeInput(): void {
    this.#child.stdin?.end();
  }

  /** As when the reader of a pipe goes away. */
  stopReading(): void {
    this.#child.stdout?.destroy();
  }

  /** The exit code; null after a signal that killed it. */
  async ended(): Promise<number | null> {
    return (await this.#exit)[0];
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode === null) this.#child.kill(signal);
    return this.ended();
  }

  async #match(pattern: RegExp, output: () => string): Promise<string> {
    for (;;) {
      const found = pattern.exec(output());
      if (found) return found[1] ?? found[0];
      if (this.#child.exitCode !== null && !this.#child.stdout?.readable)
        throw new Error(`It ended without ${pattern.source}:\n${this.out}\n${this.err}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #heard(take: () => void): void {
    take();
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
