import type { Endpoints } from './endpoints.ts';
import { Gateway } from './gateway.ts';

const READY_WITHIN_MS = 60_000;

/** What a supervisor keeps running: a gateway that ended is followed by another. */
export class Pod {
  readonly name: string;
  readonly #bundle: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #endpoints: Endpoints;
  readonly #all: Gateway[] = [];
  #gateway: Gateway | undefined;

  constructor(name: string, bundle: string, env: Readonly<Record<string, string>>, endpoints: Endpoints) {
    this.name = name;
    this.#bundle = bundle;
    this.#env = env;
    this.#endpoints = endpoints;
  }

  /** @throws while there is none */
  get gateway(): Gateway {
    if (!this.#gateway) throw new Error(`${this.name} is not running.`);
    return this.#gateway;
  }

  /** Ends that nobody asked for, in words. */
  get crashes(): string[] {
    return this.#all
      .filter(({ hasCrashed }) => hasCrashed)
      .map(({ output }) => `${this.name}: ${output.slice(-500)}`);
  }

  /**
   * Starts a gateway and opens the door to it when it is ready, beside the one before. One that can't start is started
   * again: its Redis may be away.
   */
  async start(): Promise<void> {
    const end = performance.now() + READY_WITHIN_MS;
    for (;;) {
      const gateway = await Gateway.launch(this.#bundle, this.#env);
      if (await gateway.becomesReady(end - performance.now())) {
        this.#gateway = gateway;
        this.#all.push(gateway);
        this.#endpoints.add(gateway);
        return;
      }
      await gateway.kill();
      if (performance.now() > end) throw new Error(`${this.name} did not become ready:\n${gateway.output}`);
    }
  }

  /** Dies at once. The door still knows it: new connections find nobody there. */
  async kill(): Promise<void> {
    await this.#gateway?.kill();
  }

  async restart(): Promise<void> {
    const before = this.#gateway;
    await this.start();
    if (before) this.#endpoints.remove(before);
  }

  async end(): Promise<void> {
    for (const gateway of this.#all) await gateway.kill();
  }
}
