import type { GatewayConfig } from '@bytechat/config';
import { startGateway, type Gateway, type GatewayOptions } from '../gateway.ts';
import { createLog } from '../logging/log.ts';
import { connectClient, type TestClient, type TestClientOptions } from './test-client.ts';
import { testConfig } from './config.ts';

/** Gateways and clients of one test, all ended together. */
export class Harness {
  readonly #gateways: Gateway[] = [];
  readonly #clients: TestClient[] = [];
  /** Every line the gateways have logged. */
  readonly logLines: string[] = [];
  readonly #readers: (() => void)[] = [];

  async gateway(
    config: Partial<GatewayConfig> = {},
    options: Omit<GatewayOptions, 'log'> = {},
  ): Promise<Gateway> {
    const resolved = testConfig(config);
    const log = createLog(resolved.logLevel, { write: (line: string) => this.#keep(line) });
    const gateway = await startGateway(resolved, { log, ...options });
    this.#gateways.push(gateway);
    return gateway;
  }

  /** A connected client that has its challenge. */
  async client(gateway: Pick<Gateway, 'port'>, options: TestClientOptions = {}): Promise<TestClient> {
    const client = await connectClient(gateway.port, options);
    this.#clients.push(client);
    return client;
  }

  /** Resolves when a line with these words has been logged. */
  logged(words: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.logLines.some((line) => line.includes(words))) resolve();
      };
      this.#readers.push(look);
      look();
    });
  }

  #keep(line: string): void {
    this.logLines.push(line);
    for (const look of this.#readers) look();
  }

  async end(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.close();
    await Promise.all(this.#gateways.splice(0).map((gateway) => gateway.close()));
  }
}
