import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bundle = `${root}apps/gateway/dist/main.mjs`;
const webRoot = `${root}apps/web/dist`;

/** The built gateway as a process of its own, as `npm start` and a container run it. */
export class GatewayProcess {
  readonly port: number;
  readonly internalPort: number;
  readonly #child: ChildProcess;
  #output = '';

  private constructor(child: ChildProcess, port: number, internalPort: number) {
    this.#child = child;
    this.port = port;
    this.internalPort = internalPort;
    child.stdout?.on('data', (chunk: Buffer) => (this.#output += chunk.toString('utf8')));
    child.stderr?.on('data', (chunk: Buffer) => (this.#output += chunk.toString('utf8')));
  }

  /** Starts one and resolves when it is ready; `env` adds to a clean environment. */
  static async start(env: Record<string, string> = {}): Promise<GatewayProcess> {
    if (!existsSync(bundle) || !existsSync(`${webRoot}/index.html`)) {
      throw new Error('Build first: npm run build');
    }
    const [port, internalPort] = [await freePort(), await freePort()];
    const child = spawn(process.execPath, [bundle], {
      env: {
        PATH: process.env.PATH ?? '',
        BYTECHAT_PORT: String(port),
        BYTECHAT_INTERNAL_PORT: String(internalPort),
        BYTECHAT_WEB_ROOT: webRoot,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const gateway = new GatewayProcess(child, port, internalPort);
    await gateway.#ready();
    return gateway;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Everything it has written to its log so far. */
  get output(): string {
    return this.#output;
  }

  /** SIGTERM: resolves with the exit code after the drain. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** SIGKILL: what a crash looks like to everybody else. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const exited = once(this.#child, 'exit') as Promise<[number | null]>;
    this.#child.kill(signal);
    const [code] = await exited;
    return code;
  }

  async #ready(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      if (this.#child.exitCode !== null) throw new Error(`The gateway ended at start:\n${this.#output}`);
      const answer = await fetch(`http://127.0.0.1:${this.internalPort}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await pause(50);
    }
    throw new Error(`The gateway was not ready in 10 s:\n${this.#output}`);
  }
}
