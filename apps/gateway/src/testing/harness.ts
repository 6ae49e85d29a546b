import type { GatewayConfig } from '../config/config.ts';
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

  async gateway(
    config: Partial<GatewayConfig> = {},
    options: Omit<GatewayOptions, 'log'> = {},
  ): Promise<Gateway> {
    const resolved = testConfig(config);
    const log = createLog(resolved.logLevel, { write: (line: string) => void this.logLines.push(line) });
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

  async end(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.close();
    await Promise.all(this.#gateways.splice(0).map((gateway) => gateway.close()));
  }
}
