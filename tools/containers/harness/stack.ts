import { freePort } from '../../e2e/harness/free-port.ts';
import { docker } from './docker.mjs';
import { eventually } from './eventually.ts';

const UP_TIMEOUT_MS = 110_000;

/** Ends the process below the init of a container as a crash would. */
const CRASH = String.raw`for p in /proc/[0-9]*; do
  read -r stat <"$p/stat" || continue
  set -- ${'$'}{stat##*) }
  if [ "$2" = 1 ]; then kill -9 "${'$'}{p#/proc/}"; fi
done`;

export interface Inspected {
  Name: string;
  Config: { User: string; Labels: Record<string, string> };
  State: { Status: string; Health?: { Status: string } };
  RestartCount: number;
  HostConfig: {
    ReadonlyRootfs: boolean;
    CapDrop: string[] | null;
    SecurityOpt: string[] | null;
    Memory: number;
    NanoCpus: number;
    PidsLimit: number;
  };
  NetworkSettings: { Ports: Record<string, { HostIp: string }[] | null> };
}

/** What `docker compose up` brings, under a name of its own. */
export class Stack {
  readonly port: number;
  readonly #files: string[];
  readonly #project: string;

  private constructor(port: number, files: readonly string[]) {
    this.port = port;
    this.#files = files.flatMap((file) => ['-f', file]);
    this.#project = `bytechat-test-${process.pid}-${port}`;
  }

  /** Starts the files' services on a free port; resolves when all that something waits for is healthy. */
  static async up(...files: string[]): Promise<Stack> {
    const stack = new Stack(await freePort(), files);
    try {
      await stack.#compose(['up', '--detach', '--no-build']);
    } catch (error) {
      const said = await stack.#compose(['logs', '--tail', '5']);
      await stack.down();
      throw new Error(`The stack does not come up:\n${said}`, { cause: error });
    }
    return stack;
  }

  /** Through the load balancer. */
  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Straight to one of the gateways, counted from 1. Only with each-gateway.compose.yml. */
  async originOf(gateway: number): Promise<string> {
    const address = await this.#compose(['port', '--index', String(gateway), 'gateway', '8080']);
    return `http://${address}`;
  }

  async scale(service: string, count: number): Promise<void> {
    await this.#compose(['up', '--detach', '--no-build', '--no-recreate', '--scale', `${service}=${count}`]);
    await this.settles(service, count);
  }

  /** Runs a program in the first container of a service. */
  run(service: string, ...command: string[]): Promise<string> {
    return this.#compose(['exec', '-T', service, ...command]);
  }

  /** The process of a service's container, counted from 1, dies without a word. */
  async crash(service: string, index = 1): Promise<void> {
    await this.#compose(['exec', '-T', '--index', String(index), service, 'sh', '-c', CRASH]);
  }

  /** The container of a service is gone until somebody starts it. */
  async kill(service: string): Promise<void> {
    await this.#compose(['kill', service]);
  }

  /** Starts it again after all. */
  async start(service: string): Promise<void> {
    await this.#compose(['start', service]);
    await this.settles(service, 1);
  }

  async inspect(service?: string): Promise<Inspected[]> {
    const ids = await this.#compose(['ps', '--all', '--quiet', ...(service === undefined ? [] : [service])]);
    return JSON.parse(await docker(['inspect', ...ids.split('\n')])) as Inspected[];
  }

  /** Until so many containers of a service are healthy. @throws when that takes a minute. */
  async settles(service: string, count: number): Promise<void> {
    const isHealthy = ({ State }: Inspected) => State.Health?.Status === 'healthy';
    await eventually(
      async () => (await this.inspect(service)).filter(isHealthy).length,
      (healthy) => healthy === count,
    );
  }

  async down(): Promise<void> {
    await this.#compose(['down', '--volumes', '--timeout', '1']);
  }

  #compose(args: string[]): Promise<string> {
    return docker(['compose', '-p', this.#project, ...this.#files, ...args], {
      timeoutMs: UP_TIMEOUT_MS,
      env: {
        BYTECHAT_PORT: String(this.port),
        BYTECHAT_GRAFANA_PORT: '0',
        BYTECHAT_PROMETHEUS_PORT: '0',
      },
    });
  }
}
