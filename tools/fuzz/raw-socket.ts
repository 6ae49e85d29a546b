/** A WebSocket of Node itself: what comes is kept until it is asked for. */
export class RawSocket {
  readonly #socket: WebSocket;
  readonly #kept: (string | Uint8Array)[] = [];
  #wake: () => void = () => undefined;
  /** Resolves when it is closed, however that came. */
  readonly closed: Promise<void>;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#kept.push(typeof data === 'string' ? data : new Uint8Array(data));
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.#socket.addEventListener('close', () => resolve());
    });
    void this.closed.then(() => this.#wake());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** The next message. @throws {Error} when it is closed without one */
  async next(): Promise<string | Uint8Array> {
    while (this.#kept.length === 0) {
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error('The socket was closed.');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#kept.shift()!;
  }

  send(message: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(message);
  }

  close(): void {
    this.#socket.close();
  }
}
