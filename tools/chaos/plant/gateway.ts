import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@bytechat/testing/redis';

const LOOK_MS = 50;
/** Of what a gateway wrote, so much is kept to explain its end. */
const KEPT_OUTPUT = 4_000;

/** One process of the built gateway. */
export class Gateway {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #internalPort: number;
  #output = '';
  #isExpectedToEnd = false;

  private constructor(child: ChildProcess, port: number, internalPort: number) {
    this.#child = child;
    this.port = port;
    this.#internalPort = internalPort;
    for (const stream of [child.stdout, child.stderr])
      stream?.on(
        'data',
        (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-KEPT_OUTPUT)),
      );
  }

  /** @param bundle the built gateway; `env` is added to an empty environment */
  static async launch(bundle: string, env: Readonly<Record<string, string>>): Promise<Gateway> {
    const [port, internalPort] = [await freePort(), await freePort()];
    const ports = { BYTECHAT_PORT: String(port), BYTECHAT_INTERNAL_PORT: String(internalPort) };
    const child = spawn(process.execPath, [bundle], {
      env: { PATH: process.env.PATH ?? '', ...env, ...ports },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const killOnExit = (): boolean => child.kill('SIGKILL');
    process.once('exit', killOnExit);
    child.once('exit', () => process.removeListener('exit', killOnExit));
    return new Gateway(child, port, internalPort);
  }

  /** What it wrote last. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get openDescriptors(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** How many it may have open from now on. */
  limitDescriptors(most: number): void {
    spawnSync('prlimit', ['--pid', String(this.pid), `--nofile=${most}:`]);
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Whether it ended by itself. */
  get hasCrashed(): boolean {
    return this.hasEnded && !this.#isExpectedToEnd;
  }

  async becomesReady(withinMs: number): Promise<boolean> {
    const end = performance.now() + withinMs;
    while (performance.now() < end && !this.hasEnded) {
      const answer = await fetch(`http://127.0.0.1:${this.#internalPort}/readyz`).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok) return true;
      await pause(LOOK_MS);
    }
    return false;
  }

  /** What a crash looks like to everybody else. */
  kill(): Promise<void> {
    return this.#stop('SIGKILL');
  }

  /** SIGTERM, and SIGKILL after the grace. Resolves with whether it had to be forced. */
  async terminate(graceMs: number): Promise<{ forced: boolean }> {
    const overdue = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.#stop('SIGTERM');
    clearTimeout(overdue);
    return { forced: this.#child.signalCode === 'SIGKILL' };
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async #stop(signal: NodeJS.Signals): Promise<void> {
    if (this.hasEnded) return;
    this.#isExpectedToEnd = true;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}
