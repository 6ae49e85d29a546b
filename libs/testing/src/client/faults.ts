import type { BlobGet, Bytes, ClientEventName, WireError } from '@bytechat/protocol';
import type { ServerEvent } from '@bytechat/client';
import type { FakeConnection } from './fake-connection.ts';

type HintRule = (connection: FakeConnection, event: ServerEvent) => number | undefined;
type RequestRule = (
  connection: FakeConnection,
  event: ClientEventName,
  payload: unknown,
) => WireError | undefined;

/** What goes wrong between a client and the fake gateway. Nothing does unless a test says so. */
export class Faults {
  #unreachable = false;
  #refusedConnections: WireError[] = [];
  readonly #holds: { event: ClientEventName; until: Promise<void> }[] = [];
  readonly #lostAcks: ClientEventName[] = [];
  readonly #hints = new Set<HintRule>();
  readonly #requests = new Set<RequestRule>();
  #swapped: (request: BlobGet) => BlobGet = (request) => request;
  #changed: (request: BlobGet, bytes: Bytes) => Bytes = (_request, bytes) => bytes;

  /** While `true`, no connection comes up. */
  setUnreachable(unreachable: boolean): void {
    this.#unreachable = unreachable;
  }

  refuseNextConnection(error: WireError): void {
    this.#refusedConnections.push(error);
  }

  /** The next such request is refused and changes nothing. */
  refuseNext(event: ClientEventName, error: WireError): void {
    const stop = this.requests((_connection, requested) => {
      if (requested !== event) return undefined;
      stop();
      return error;
    });
  }

  /** The next such request is carried out, but nobody hears of it. */
  loseNextAck(event: ClientEventName): void {
    this.#lostAcks.push(event);
  }

  /** The next such request is carried out only when the returned function is called. */
  holdNext(event: ClientEventName): () => void {
    let release: () => void = () => undefined;
    this.#holds.push({ event, until: new Promise((resolve) => (release = resolve)) });
    return () => release();
  }

  /** Decides how often hints arrive until the returned function is called. */
  hints(rule: HintRule): () => void {
    this.#hints.add(rule);
    return () => void this.#hints.delete(rule);
  }

  /** Sees every request before it is carried out, and may refuse it, until the returned function is called. */
  requests(rule: RequestRule): () => void {
    this.#requests.add(rule);
    return () => void this.#requests.delete(rule);
  }

  /** Another chunk is given than was asked for. */
  swapChunks(rule: (request: BlobGet) => BlobGet): void {
    this.#swapped = rule;
  }

  /** Other bytes are given than are kept. */
  changeChunks(rule: (request: BlobGet, bytes: Bytes) => Bytes): void {
    this.#changed = rule;
  }

  chunkAskedFor(request: BlobGet): BlobGet {
    return this.#swapped(request);
  }

  chunkAsGiven(request: BlobGet, bytes: Bytes): Bytes {
    return this.#changed(request, bytes);
  }

  refusalOfConnection(): WireError | 'unreachable' | undefined {
    return this.#unreachable ? 'unreachable' : this.#refusedConnections.shift();
  }

  refusalOf(connection: FakeConnection, event: ClientEventName, payload: unknown): WireError | undefined {
    for (const rule of this.#requests) {
      const refusal = rule(connection, event, payload);
      if (refusal) return refusal;
    }
    return undefined;
  }

  held(event: ClientEventName): Promise<void> | undefined {
    const index = this.#holds.findIndex((hold) => hold.event === event);
    return index < 0 ? undefined : this.#holds.splice(index, 1)[0]?.until;
  }

  losesAckOf(event: ClientEventName): boolean {
    const index = this.#lostAcks.indexOf(event);
    if (index >= 0) this.#lostAcks.splice(index, 1);
    return index >= 0;
  }

  copiesOf(connection: FakeConnection, event: ServerEvent): number {
    for (const rule of this.#hints) {
      const copies = rule(connection, event);
      if (copies !== undefined) return copies;
    }
    return 1;
  }
}
