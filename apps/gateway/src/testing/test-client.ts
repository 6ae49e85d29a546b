import type { Agent } from 'node:http';
import {
  Decoder,
  Encoder,
  type Bytes,
  type ServerEventName,
  type ServerToClient,
  type WireError,
} from '@bytechat/protocol';
import { io, type Socket } from 'socket.io-client';

export interface TestClientOptions {
  auth?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Instead of the gateway itself: what stands before it. */
  origin?: string;
  /** How the connection is made. */
  agent?: Agent;
}

/** An acknowledgement as it came. */
export type Answer = { ok: true; [field: string]: unknown } | { ok: false; error: WireError };

/** A refused connection: the message and the typed error in it. */
export class ConnectRefused extends Error {
  override readonly name = 'ConnectRefused';
  readonly data: WireError | undefined;

  constructor(message: string, data: WireError | undefined) {
    super(message);
    this.data = data;
  }
}

/** Stands, in a request, for the generation that the client knows its room to be in. */
export const PRESENT = -1;

/** For what comes within milliseconds on a machine that isn't busy. */
const WAIT_MS = 15_000;

/** A raw Socket.IO client that speaks our parser and keeps every event until somebody takes it. */
export class TestClient {
  readonly socket: Socket;
  challenge: Bytes = new Uint8Array();
  /** As the server told it last, by joining, a welcome or an acknowledgement. */
  generation = 0;
  readonly #kept: { event: string; payload: unknown }[] = [];
  readonly #waiting = new Set<() => void>();
  #isGone = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((event: string, payload: unknown) => {
      this.#kept.push({ event, payload });
      this.#learn(event, payload);
      this.#wake();
    });
    socket.on('disconnect', () => {
      this.#isGone = true;
      this.#wake();
    });
  }

  get id(): string {
    return this.socket.id ?? '';
  }

  /** Sends an event, well-formed or not, and waits for its acknowledgement. */
  async emit(event: string, ...payloads: unknown[]): Promise<Answer> {
    const filled = payloads.map((payload) => inGeneration(payload, this.generation));
    const answer = (await this.socket.timeout(WAIT_MS).emitWithAck(event, ...filled)) as Answer;
    if (answer.ok && typeof answer['generation'] === 'number') this.generation = answer['generation'];
    return answer;
  }

  /** Takes the first kept event of this name that fits, or waits for it. */
  async next<E extends ServerEventName>(
    event: E,
    fits: (payload: ServerToClient[E]) => boolean = () => true,
  ): Promise<ServerToClient[E]> {
    return this.#until(event, () => {
      const at = this.#kept.findIndex(
        (kept) => kept.event === event && fits(kept.payload as ServerToClient[E]),
      );
      return at < 0 ? undefined : (this.#kept.splice(at, 1)[0]!.payload as ServerToClient[E]);
    });
  }

  /** How many events of this name are kept. */
  count(event: ServerEventName): number {
    return this.#kept.filter((kept) => kept.event === event).length;
  }

  /** The names of the kept events, in the order they came. */
  order(): string[] {
    return this.#kept.map(({ event }) => event);
  }

  async gone(): Promise<void> {
    await this.#until('disconnect', () => (this.#isGone ? true : undefined));
  }

  close(): void {
    this.socket.disconnect();
  }

  #learn(event: string, payload: unknown): void {
    if (event === 'room_joined') this.generation = (payload as ServerToClient['room_joined']).head.generation;
    if (event !== 'session_key_received') return;
    const news = payload as ServerToClient['session_key_received'];
    if (news.kind === 'welcome') this.generation = news.generation;
  }

  async #until<T>(what: string, look: () => T | undefined): Promise<T> {
    const deadline = AbortSignal.timeout(WAIT_MS);
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (deadline.aborted) throw new Error(`No ${what} came; kept: ${this.order().join(', ')}`);
      await this.#change(deadline);
    }
  }

  #change(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        deadline.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      deadline.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const done of this.#waiting) done();
  }
}

/** The payload with PRESENT replaced wherever a request names a generation. */
function inGeneration(payload: unknown, generation: number): unknown {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload;
  const replaced = Object.entries(payload).map(([field, value]: [string, unknown]) => {
    if (field === 'from') return [field, inGeneration(value, generation)] as const;
    return [field, value === PRESENT && /generation$/i.test(field) ? generation : value] as const;
  });
  return { ...payload, ...Object.fromEntries(replaced) };
}

/** @throws {ConnectRefused} */
export async function connectClient(port: number, options: TestClientOptions = {}): Promise<TestClient> {
  const socket = io(options.origin ?? `http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    parser: { Encoder, Decoder },
    reconnection: false,
    forceNew: true,
    auth: options.auth ?? { v: 1, client: 'test' },
    ...(options.agent === undefined ? {} : { agent: options.agent as unknown as string }),
    ...(options.headers === undefined ? {} : { extraHeaders: options.headers }),
  });
  const client = new TestClient(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error: Error & { data?: WireError }) => {
      socket.disconnect();
      reject(new ConnectRefused(error.message, error.data));
    });
  });
  client.challenge = (await client.next('user_connected')).challenge;
  return client;
}
