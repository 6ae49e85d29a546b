import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { WireRecorder } from './wire-recorder.ts';

/**
 * One address in front of several gateways, as a load balancer is: each new connection goes to the next backend
 * that takes it. It can be told where to send the next ones, and it keeps every byte that passed.
 */
export class FrontDoor {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #bytes: Buffer[] = [];
  #backends: number[];
  #next = 0;

  private constructor(server: Server, backends: number[]) {
    this.#server = server;
    this.#backends = backends;
    this.port = (server.address() as AddressInfo).port;
  }

  static async open(backends: number[]): Promise<FrontDoor> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const door = new FrontDoor(server, [...backends]);
    server.on('connection', (client) => door.#relay(client, door.#backends.length));
    return door;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Everything that went through it, both ways, with WebSocket masks taken off. */
  get recorded(): Buffer {
    return Buffer.concat(this.#bytes);
  }

  /** From now on new connections go round these backends. */
  route(backends: number[]): void {
    this.#backends = [...backends];
    this.#next = 0;
  }

  /** Cuts every connection that is open now, as a network failure would. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #relay(client: Socket, triesLeft: number): void {
    const backend = this.#backends[this.#next++ % this.#backends.length];
    if (backend === undefined || triesLeft === 0) {
      client.destroy();
      return;
    }
    const upstream = connect(backend, '127.0.0.1');
    let connected = false;
    upstream.once('connect', () => {
      connected = true;
      this.#pair(client, upstream);
    });
    upstream.on('error', () => {
      if (connected) client.destroy();
      else this.#relay(client, triesLeft - 1);
    });
    client.on('error', () => upstream.destroy());
  }

  #pair(client: Socket, upstream: Socket): void {
    const recorder = new WireRecorder(this.#bytes);
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => recorder.fromClient(chunk));
    upstream.on('data', (chunk) => recorder.fromServer(chunk));
    client.pipe(upstream).pipe(client);
  }
}
