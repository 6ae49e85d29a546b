import type { ClientEventName, WireError } from '@bytechat/protocol';
import type { ServerEvent } from '@bytechat/client';
import type { FakeConnection } from './fake-connection.ts';

type HintRule = (connection: FakeConnection, event: ServerEvent) => number | undefined;

/** What goes wrong between a client and the fake gateway. Nothing does unless a test says so. */
export class Faults {
  #unreachable = false;
  #refusedConnections: WireError[] = [];
  readonly #refusals: { event: ClientEventName; error: WireError; only: (payload: unknown) => boolean }[] =
    [];
  readonly #lostAcks: ClientEventName[] = [];
  readonly #hints = new Set<HintRule>();

  /** While `true`, no connection comes up. */
  setUnreachable(unreachable: boolean): void {
    this.#unreachable = unreachable;
  }

  refuseNextConnection(error: WireError): void {
    this.#refusedConnections.push(error);
  }

  /** The next such request is refused and changes nothing. */
  refuseNext(
    event: ClientEventName,
    error: WireError,
    only: (payload: unknown) => boolean = () => true,
  ): void {
    this.#refusals.push({ event, error, only });
  }

  /** The next such request is carried out, but nobody hears of it. */
  loseNextAck(event: ClientEventName): void {
    this.#lostAcks.push(event);
  }

  /** Decides how often hints arrive until the returned function is called. */
  hints(rule: HintRule): () => void {
    this.#hints.add(rule);
    return () => void this.#hints.delete(rule);
  }

  refusalOfConnection(): WireError | 'unreachable' | undefined {
    return this.#unreachable ? 'unreachable' : this.#refusedConnections.shift();
  }

  refusalOf(event: ClientEventName, payload: unknown): WireError | undefined {
    const index = this.#refusals.findIndex((one) => one.event === event && one.only(payload));
    return index < 0 ? undefined : this.#refusals.splice(index, 1)[0]?.error;
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
