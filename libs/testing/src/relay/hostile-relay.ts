import type { Acknowledgement, ClientEventName } from '@bytechat/protocol';
import type { Endpoint, ServerEvent, Transport, TransportFactory, TransportListener } from '@bytechat/client';
import { wireCopy } from '../client/wire-copy.ts';

export interface Request {
  event: ClientEventName;
  payload: unknown;
}

/** Carries a request on to the real server, changed or not, and brings its answer. */
export type Forward = (payload?: unknown) => Promise<Acknowledgement>;

/** What a hostile server does to what goes by on a line. A half that is left out is honest. */
export interface Attack {
  /** What the client hears in the place of an event. */
  down?: (event: ServerEvent, line: RelayLine) => readonly ServerEvent[];
  /** What the client is answered, and whether the request is carried on at all. */
  up?: (request: Request, forward: Forward, line: RelayLine) => Promise<Acknowledgement>;
}

/**
 * Stands between real clients and a real server, and lies to both: every event down and every request up passes through
 * the attacks in force, the latest one nearest to the client.
 */
export class HostileRelay {
  readonly lines: RelayLine[] = [];
  /** Everything that clients have said, as a server gets it. */
  readonly heard: Request[] = [];
  readonly #connect: TransportFactory;
  readonly #attacks: Attack[] = [];

  constructor(connect: TransportFactory) {
    this.#connect = connect;
  }

  /** The way to the server for one person. */
  between(name: string): TransportFactory {
    return (endpoint, listener) => {
      const line = new RelayLine({ name, relay: this, endpoint, listener, connect: this.#connect });
      this.lines.push(line);
      return line;
    };
  }

  /** Attacks until the returned function is called. */
  attack(attack: Attack): () => void {
    this.#attacks.push(attack);
    return () => void this.#attacks.splice(this.#attacks.indexOf(attack), 1);
  }

  /** The newest line of somebody. */
  lineOf(name: string): RelayLine {
    const line = this.lines.findLast((one) => one.name === name);
    if (!line) throw new Error(`${name} has no line.`);
    return line;
  }

  /** What a client hears of an event of the server. */
  down(event: ServerEvent, line: RelayLine): readonly ServerEvent[] {
    return this.#attacks.reduce<readonly ServerEvent[]>(
      (events, { down }) => (down ? events.flatMap((each) => down(each, line)) : events),
      [event],
    );
  }

  up(request: Request, forward: Forward, line: RelayLine): Promise<Acknowledgement> {
    this.heard.push(request);
    return this.#attacks.reduce<(asked: Request) => Promise<Acknowledgement>>(
      (next, { up }) =>
        (asked) =>
          up ? up(asked, (payload = asked.payload) => next({ ...asked, payload }), line) : next(asked),
      ({ payload }) => forward(payload),
    )(request);
  }
}

/** One connection of one person, in the relay's hands. */
export class RelayLine implements Transport {
  readonly name: string;
  readonly #relay: HostileRelay;
  readonly #listener: TransportListener;
  readonly #server: Transport;

  constructor(deps: {
    name: string;
    relay: HostileRelay;
    endpoint: Endpoint;
    listener: TransportListener;
    connect: TransportFactory;
  }) {
    this.name = deps.name;
    this.#relay = deps.relay;
    this.#listener = deps.listener;
    this.#server = deps.connect(deps.endpoint, {
      event: (event) => {
        for (const told of this.#relay.down(event, this)) this.tell(told);
      },
      closed: (error) => this.#listener.closed(error),
    });
  }

  request: Transport['request'] = (event, payload, options) => {
    const forward: Forward = (changed = payload) =>
      this.#server.request(event, changed as typeof payload, options);
    const request = { event, payload: wireCopy(payload) };
    return this.#relay.up(request, forward, this);
  };

  close(): void {
    this.#server.close();
  }

  /** Says something to the client in the server's name. */
  tell(event: ServerEvent): void {
    this.#listener.event(wireCopy(event) as ServerEvent);
  }

  /** Ends the line; the client takes it for the network. */
  cut(): void {
    this.#server.close();
    queueMicrotask(() => this.#listener.closed(undefined));
  }
}
