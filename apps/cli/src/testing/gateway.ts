import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Spawned } from './spawned.ts';

const gateway = join(import.meta.dirname, '..', '..', '..', 'gateway');
const bundle = join(gateway, 'dist', 'main.mjs');

/** A real gateway with the embedded store, as a process of its own on a free port. */
export class Gateway {
  readonly #process: Spawned;
  readonly origin: string;

  private constructor(started: Spawned, origin: string) {
    this.#process = started;
    this.origin = origin;
  }

  static async start(): Promise<Gateway> {
    if (!existsSync(bundle)) execFileSync(process.execPath, [join(gateway, 'build.mjs')]);
    const env = {
      BYTECHAT_PORT: '0',
      BYTECHAT_INTERNAL_PORT: '0',
      BYTECHAT_DRAIN_SECONDS: '0',
      BYTECHAT_JOINS_PER_MINUTE: '1000',
      BYTECHAT_HANDSHAKES_PER_MINUTE: '1000',
    };
    const started = new Spawned([bundle], { env });
    const port = await started.seen(/"port":(\d+)/);
    return new Gateway(started, `http://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    await this.#process.stop('SIGTERM');
  }
}
