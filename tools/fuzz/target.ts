import { readFileSync } from 'node:fs';
import { Gateway } from '../chaos/plant/gateway.ts';
import { BUILT_GATEWAY } from '../chaos/plant/plant.ts';

/** Limits are not what is tried here: every attack comes from one address. */
const LIMITS = {
  BYTECHAT_HANDSHAKES_PER_MINUTE: '1000000',
  BYTECHAT_JOINS_PER_MINUTE: '1000000',
  BYTECHAT_MAX_CONNECTIONS_PER_ADDRESS: '1000000',
  BYTECHAT_MAX_ROOMS_PER_ADDRESS: '1000000',
  BYTECHAT_MESSAGE_INTERVAL_MS: '1',
  BYTECHAT_MESSAGE_BURST: '1000',
  BYTECHAT_LOG_LEVEL: 'error',
  // Whatever piles up ends the process; what is only waiting to be collected doesn't look like it.
  NODE_OPTIONS: '--max-old-space-size=96 --max-semi-space-size=2',
};
const READY_WITHIN_MS = 30_000;
const KIB = 1_024;

/** The built gateway in a process of its own, with the embedded store. */
export class Target {
  readonly #gateway: Gateway;

  private constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** @throws {Error} when it does not become ready */
  static async start(): Promise<Target> {
    const gateway = await Gateway.launch(`${BUILT_GATEWAY}/main.mjs`, LIMITS);
    if (!(await gateway.becomesReady(READY_WITHIN_MS))) throw new Error(`No gateway:\n${gateway.output}`);
    return new Target(gateway);
  }

  get port(): number {
    return this.#gateway.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What is wrong with it, in words: it ended, or it wrote an error. */
  get trouble(): string | undefined {
    if (this.#gateway.hasEnded) return `The gateway ended. ${this.#gateway.output}`;
    const errors = this.#gateway.output.split('\n').filter((line) => line.startsWith('{'));
    return errors.length === 0 ? undefined : `The gateway complained. ${errors.join('\n')}`;
  }

  /** Bytes of memory that it holds. */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.#gateway.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB;
  }

  stop(): Promise<void> {
    return this.#gateway.kill();
  }
}
