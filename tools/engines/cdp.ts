import type { CDPSession, Page } from 'playwright-core';

/** The DevTools protocol towards one JavaScript engine. */
export interface Cdp {
  send<T>(method: string, params?: object): Promise<T>;
  /** Hears an event until the returned function is called. */
  on(method: string, heard: (params: unknown) => void): () => void;
}

interface Answer {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** Numbers requests and sorts answers and events, whatever carries them. */
class Wire implements Cdp {
  readonly #post: (message: string) => void;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #listeners = new Map<string, ((params: unknown) => void)[]>();
  #last = 0;

  constructor(post: (message: string) => void) {
    this.#post = post;
  }

  async send<T>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#last;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#post(JSON.stringify({ id, method, params }));
    });
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result as T;
  }

  on(method: string, heard: (params: unknown) => void): () => void {
    const others = this.#listeners.get(method) ?? [];
    this.#listeners.set(method, [...others, heard]);
    return () => void this.#listeners.set(method, others);
  }

  take(message: string): void {
    const answer = JSON.parse(message) as Answer;
    if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    for (const heard of this.#listeners.get(answer.method ?? '') ?? []) heard(answer.params);
  }
}

/** A Node process that was started with `--inspect`. */
export async function cdpOfNode(url: string): Promise<Cdp & { close(): void }> {
  const socket = new WebSocket(url);
  const wire = new Wire((message) => socket.send(message));
  socket.addEventListener('message', ({ data }) => wire.take(String(data)));
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  return Object.assign(wire, { close: () => socket.close() });
}

/** The worker of a page, once there is one. */
export async function cdpOfWorker(page: Page): Promise<Cdp> {
  const session: CDPSession = await page.context().newCDPSession(page);
  return new Promise((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type !== 'worker') return;
      const wire = new Wire(
        (message) => void session.send('Target.sendMessageToTarget', { sessionId, message }),
      );
      session.on('Target.receivedMessageFromTarget', ({ message }) => wire.take(message));
      resolve(wire);
    });
    void session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
  });
}
