import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Looks at what passes on one connection. */
export interface Inspector {
  fromClient(chunk: Buffer): void;
  /** `cut`: the client never gets these bytes; the connection is cut. */
  fromServer(chunk: Buffer): 'pass' | 'cut';
}

export interface RelayOptions {
  /** Ports on loopback, in the order in which a new connection tries them. */
  targets(): readonly number[];
  inspect?(): Inspector;
}

type Direction = 'toServer' | 'toClient';

/** Whose connections are meant, by the address they come from. */
type Sources = (address: string) => boolean;

const EVERYBODY: Sources = () => true;

interface Pair {
  client: Socket;
  upstream: Socket;
}

/**
 * A stretch of network: TCP connections go through it to the first target that takes them. It can cut them, refuse new
 * ones, and hold back what flows in a direction, as lost packets do until they are sent again.
 */
export class Relay {
  readonly port: number;
  readonly #server: Server;
  readonly #options: RelayOptions;
  readonly #pairs = new Set<Pair>();
  readonly #held = new Map<Direction, Sources>();
  #refuses = false;

  private constructor(server: Server, options: RelayOptions) {
    this.#server = server;
    this.#options = options;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => this.#accept(client));
  }

  static async open(options: RelayOptions): Promise<Relay> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Relay(server, options);
  }

  /** Cuts every connection that is open now, and says how many those were. */
  cut(): number {
    const open = [...this.#pairs];
    for (const { client, upstream } of open) {
      client.destroy();
      upstream.destroy();
    }
    return open.length;
  }

  /** As `cut`, by a reset in the middle of whatever is said. */
  reset(): number {
    const open = [...this.#pairs];
    for (const { client, upstream } of open) {
      client.resetAndDestroy();
      upstream.destroy();
    }
    return open.length;
  }

  hold(direction: Direction, of: Sources = EVERYBODY): void {
    this.#held.set(direction, of);
    for (const pair of this.#pairs) this.#holdBack(pair);
  }

  /** What was held goes on. */
  release(): void {
    this.#held.clear();
    for (const { client, upstream } of this.#pairs) {
      client.resume();
      upstream.resume();
    }
  }

  /** While `true`, new connections are closed at once. */
  refuse(refuses: boolean): void {
    this.#refuses = refuses;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #accept(client: Socket): void {
    client.on('error', () => client.destroy());
    if (this.#refuses) client.destroy();
    else this.#connect(client, this.#options.targets());
  }

  #connect(client: Socket, [target, ...others]: readonly number[]): void {
    if (target === undefined || client.destroyed) {
      client.destroy();
      return;
    }
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    const fail = (): void => this.#connect(client, others);
    const giveUp = (): unknown => upstream.destroy();
    upstream.once('error', fail);
    client.once('close', giveUp);
    upstream.once('connect', () => {
      upstream.removeListener('error', fail);
      client.removeListener('close', giveUp);
      this.#join(client, upstream);
    });
  }

  #join(client: Socket, upstream: Socket): void {
    const pair = { client, upstream };
    this.#pairs.add(pair);
    const inspector = this.#options.inspect?.();
    upstream.on('error', () => upstream.destroy());
    client.on('data', (chunk) => {
      inspector?.fromClient(chunk);
      this.#pass(chunk, pair, 'toServer');
    });
    upstream.on('data', (chunk) => {
      if (inspector?.fromServer(chunk) === 'cut') abandon(pair);
      else this.#pass(chunk, pair, 'toClient');
    });
    client.on('end', () => upstream.end());
    upstream.on('end', () => client.end());
    for (const socket of [client, upstream])
      socket.on('close', () => {
        this.#pairs.delete(pair);
        client.destroy();
        upstream.destroy();
      });
    this.#holdBack(pair);
  }

  #holdBack(pair: Pair): void {
    for (const direction of this.#held.keys())
      if (this.#isHeld(pair, direction)) sourceOf(pair, direction).pause();
  }

  #isHeld({ client }: Pair, direction: Direction): boolean {
    return this.#held.get(direction)?.(client.remoteAddress ?? '') ?? false;
  }

  #pass(chunk: Buffer, pair: Pair, direction: Direction): void {
    const source = sourceOf(pair, direction);
    const sink = direction === 'toServer' ? pair.upstream : pair.client;
    if (sink.destroyed || sink.write(chunk)) return;
    source.pause();
    sink.once('drain', () => {
      if (!this.#isHeld(pair, direction)) source.resume();
    });
  }
}

const sourceOf = ({ client, upstream }: Pair, direction: Direction): Socket =>
  direction === 'toServer' ? client : upstream;

/** The client is cut off; the server reads what it was sent to its end, so all of that is carried out. */
function abandon({ client, upstream }: Pair): void {
  upstream.removeAllListeners('data').resume();
  upstream.end();
  client.removeAllListeners('close').destroy();
}
