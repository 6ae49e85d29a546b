import { setTimeout as pause } from 'node:timers/promises';
import { Decoder, Encoder, PacketType, type Packet } from '@bytechat/protocol';

/** A connection of the load generator. It counts what is delivered, and looks at it as little as it can. */
export interface Member {
  /** Sends one message; resolves when the server has acknowledged it, where it does. */
  send(): Promise<void>;
  close(): void;
}

/** How a message is told from the rest: it is as long as the smallest sealed one at least. */
export const MESSAGE_BYTES = 298;

export interface Counter {
  deliveries: number;
}

/** A bare WebSocket, open. */
export async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error(`No connection to ${url}`)), { once: true });
  });
  return socket;
}

/** A member of the plain `ws` server. */
export async function wsMember(port: number, room: string, counter: Counter): Promise<Member> {
  const socket = await openSocket(`ws://127.0.0.1:${port}/${room}`);
  socket.addEventListener('message', () => void (counter.deliveries += 1));
  const bytes = new Uint8Array(MESSAGE_BYTES);
  return {
    send: async () => socket.send(bytes),
    close: () => socket.close(),
  };
}

/** A member of stock Socket.IO, which gets its bytes as base64 text: cheaper there than a binary attachment. */
export async function socketIoMember(port: number, room: string, counter: Counter): Promise<Member> {
  const socket = await openSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket&room=${room}`);
  const text = Buffer.alloc(MESSAGE_BYTES).toString('base64');
  const waiting: Waiting = new Map();
  let id = 0;
  const joined = Promise.withResolvers<undefined>();
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    if (data.startsWith('42[')) counter.deliveries += 1;
    else if (data.startsWith('43')) settle(waiting, Number.parseInt(data.slice(2), 10));
    else if (data.startsWith('40')) joined.resolve(undefined);
    else if (data.startsWith('0')) socket.send('40');
    else if (data === '2') socket.send('3');
  });
  await joined.promise;
  return {
    send: () => {
      const sent = acknowledged(waiting, ++id);
      socket.send(`42${id}["m","${text}"]`);
      return sent;
    },
    close: () => socket.close(),
  };
}

type Answer =
  ({ ok: true } & Record<string, unknown>) | { ok: false; error: { code: string; retryAfterMs?: number } };

/** What is over by itself: a limit, and a store that a busy machine keeps waiting. */
const AGAIN = new Set(['ERR_RATE', 'ERR_BUSY']);
const RETRY_MS = 100;

/** A connection to a gateway: events with acknowledgements, and what is told, by name. */
export class GatewayConnection {
  readonly #socket: WebSocket;
  readonly #counter: Counter;
  readonly #encoder = new Encoder();
  readonly #waiting: Waiting = new Map();
  readonly #listeners = new Map<string, (payload: unknown) => void>();
  readonly #connected = Promise.withResolvers<undefined>();
  #id = 0;
  /** From now on frames that are as long as messages are counted and not looked at. */
  isCounting = false;

  private constructor(socket: WebSocket, counter: Counter) {
    this.#socket = socket;
    this.#counter = counter;
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => this.#take(data));
  }

  static async open(port: number, counter: Counter): Promise<GatewayConnection> {
    const socket = await openSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
    const connection = new GatewayConnection(socket, counter);
    await connection.#connected.promise;
    return connection;
  }

  /** Asks, and again after the time that the answer names. @throws {Error} when the gateway refuses otherwise. */
  async emit(event: string, payload: object): Promise<Record<string, unknown>> {
    for (;;) {
      const answer = await this.#ask(event, payload);
      if (answer.ok) return answer;
      const { code, retryAfterMs } = answer.error;
      if (!AGAIN.has(code)) throw new Error(`${event} was refused: ${code}`);
      await pause(retryAfterMs ?? RETRY_MS);
    }
  }

  /** What the next event of this name brings. */
  next(event: string): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
      this.#listeners.set(event, (payload) => {
        this.#listeners.delete(event);
        resolve(payload as Record<string, unknown>);
      });
    });
  }

  close(): void {
    this.#socket.close();
  }

  #ask(event: string, payload: object): Promise<Answer> {
    const id = ++this.#id;
    const answered = new Promise<unknown>((resolve) => this.#waiting.set(id, resolve));
    this.#write({ type: PacketType.EVENT, nsp: '/', data: [event, payload], id });
    return answered as Promise<Answer>;
  }

  #take(data: string | ArrayBuffer): void {
    if (typeof data === 'string') this.#control(data);
    else if (this.isCounting && data.byteLength > MESSAGE_BYTES) this.#counter.deliveries += 1;
    else this.#event(new Uint8Array(data));
  }

  #control(text: string): void {
    if (text === '2') this.#socket.send('3');
    else if (text.startsWith('0'))
      this.#write({ type: PacketType.CONNECT, nsp: '/', data: { v: 1, client: 'bench' } });
  }

  #event(frame: Uint8Array): void {
    const decoder = new Decoder();
    decoder.on('decoded', ({ type, data, id }) => {
      if (type === PacketType.CONNECT) this.#connected.resolve(undefined);
      else if (type === PacketType.ACK) settle(this.#waiting, id!, (data as unknown[])[0]);
      else if (type === PacketType.EVENT) {
        const [name, payload] = data as [string, unknown];
        this.#listeners.get(name)?.(payload);
      }
    });
    decoder.add(frame);
  }

  #write(packet: Packet): void {
    this.#socket.send(Uint8Array.from(this.#encoder.encode(packet)[0]!));
  }
}

/** By the id of what was sent. */
type Waiting = Map<number, (answer: unknown) => void>;

async function acknowledged(waiting: Waiting, id: number): Promise<void> {
  await new Promise((resolve) => waiting.set(id, resolve));
}

function settle(waiting: Waiting, id: number, answer?: unknown): void {
  waiting.get(id)?.(answer);
  waiting.delete(id);
}
