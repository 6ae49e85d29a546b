import type {
  AckBodies,
  Accepted,
  Acknowledgement,
  Bytes,
  ClientEventName,
  ClientEventPayload,
  ServerToClient,
  WireError,
  WireErrorCode,
} from '@bytechat/protocol';
import type { CloseCode, ConnectionState, Endpoint } from './api.ts';
import type { Clock, Timer } from './clock.ts';
import {
  initialConnection,
  publicState,
  transition,
  type Connection as MachineState,
  type ConnectionEffect,
  type ConnectionEvent,
} from './connection-machine.ts';
import { fromWire } from './errors.ts';
import type { Random } from './random.ts';
import { fullJitter, STABLE_AFTER_MS } from './reconnect-policy.ts';
import {
  ACK_TIMEOUT_MS,
  TransportError,
  type ServerEvent,
  type Transport,
  type TransportFactory,
} from './transport.ts';

/** A gateway that accepts the socket but never greets is given up after this. */
const GREETING_TIMEOUT_MS = 10_000;

/** One greeted transport, good for as long as it lives. */
export interface Link {
  readonly id: number;
  /** 32 bytes, good for one resume signature. */
  readonly challenge: Bytes;
  /** @throws {TransportError} */
  request<E extends ClientEventName>(
    event: E,
    payload: ClientEventPayload<E>,
  ): Promise<Acknowledgement<AckBodies[E]>>;
}

/** Like `Link.request`, where a refusal is an error. @throws {ClientError} {TransportError} */
export async function accepted<E extends ClientEventName>(
  link: Link,
  event: E,
  payload: ClientEventPayload<E>,
): Promise<Accepted<AckBodies[E]>> {
  const answer = await link.request(event, payload);
  if (!answer.ok) throw fromWire(answer.error);
  return answer;
}

export interface ConnectionListener {
  state(state: ConnectionState): void;
  /** A transport is up. Answer whether a session must be resumed before one is online. */
  up(link: Link, hello: ServerToClient['user_connected']): boolean;
  event(link: Link, event: ServerEvent): void;
  /** The transport is gone; another may follow. */
  down(link: Link): void;
  /** It is over. `error`: the refusal that ended it. */
  closed(code: CloseCode, error: WireError | undefined): void;
}

/** Runs the connection machine: turns its effects into transports and timers, and their news into its events. */
export class Connection {
  readonly #endpoint: Endpoint;
  readonly #factory: TransportFactory;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #listener: ConnectionListener;
  #state: MachineState = initialConnection;
  #transport: Transport | undefined;
  #link: Link | undefined;
  #timer: Timer | undefined;
  #refusal: WireError | undefined;

  constructor(deps: {
    endpoint: Endpoint;
    transport: TransportFactory;
    clock: Clock;
    random: Random;
    listener: ConnectionListener;
  }) {
    this.#endpoint = deps.endpoint;
    this.#factory = deps.transport;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#listener = deps.listener;
  }

  get link(): Link | undefined {
    return this.#link;
  }

  open(): void {
    this.#refusal = undefined;
    this.#dispatch({ type: 'open' });
  }

  close(code: CloseCode, refusal?: WireError): void {
    if (refusal) this.#refusal = refusal;
    this.#dispatch({ type: 'close', code });
  }

  recovered(link: Link): void {
    this.#dispatch({ type: 'recovered', link: link.id });
  }

  /** Gives this link up and tries again later. */
  drop(link: Link, retryAfterMs?: number): void {
    this.#lost(link.id, retryAfterMs);
  }

  /** Leaves a draining server after `delayMs` for another one. */
  moveAfter(link: Link, delayMs: number): void {
    this.#dispatchAfter(delayMs, { type: 'move', link: link.id });
  }

  #dispatch(event: ConnectionEvent): void {
    const before = this.#state;
    const { next, effects } = transition(before, event, fullJitter);
    if (next === before) return;
    this.#state = next;
    for (const effect of effects) this.#run(effect);
    if (publicKey(before) !== publicKey(next)) this.#listener.state(publicState(next));
    if (next.state === 'closed') this.#listener.closed(next.code, this.#refusal);
  }

  #run(effect: ConnectionEffect): void {
    switch (effect.type) {
      case 'connect':
        this.#connect(effect.link);
        break;
      case 'drop':
        this.#dropTransport();
        break;
      case 'wait':
        this.#dispatchAfter(effect.untilMs - this.#clock.now(), { type: 'due', link: effect.link });
        break;
      case 'watch':
        this.#dispatchAfter(STABLE_AFTER_MS, { type: 'stable', link: effect.link });
        break;
    }
  }

  #connect(id: number): void {
    this.#arm(GREETING_TIMEOUT_MS, () => this.#lost(id));
    this.#transport = this.#factory(this.#endpoint, {
      event: (event) => this.#received(id, event),
      closed: (error) => this.#transportClosed(id, error),
    });
  }

  #received(id: number, event: ServerEvent): void {
    if (id !== this.#state.link) return;
    if (event.name === 'user_connected') this.#greeted(id, event.payload);
    else if (this.#link) this.#listener.event(this.#link, event);
  }

  #greeted(id: number, hello: ServerToClient['user_connected']): void {
    const transport = this.#transport;
    if (!transport || this.#link) return;
    this.#timer?.cancel();
    const link: Link = {
      id,
      challenge: hello.challenge,
      request: (event, payload) => {
        if (this.#link !== link) return Promise.reject(new TransportError('closed'));
        return transport.request(event, payload, { timeoutMs: ACK_TIMEOUT_MS });
      },
    };
    this.#link = link;
    this.#dispatch({ type: 'opened', link: id, resume: this.#listener.up(link, hello) });
  }

  #transportClosed(id: number, error: WireError | undefined): void {
    if (id !== this.#state.link) return;
    if (error?.code === 'ERR_VERSION' || error?.code === 'ERR_ORIGIN') {
      this.close('REFUSED', error);
      return;
    }
    if (error) this.#refusal = error;
    this.#lost(id, error?.retryAfterMs, error?.code);
  }

  #lost(id: number, retryAfterMs?: number, code?: WireErrorCode): void {
    const now = this.#clock.now();
    this.#dispatch({ type: 'lost', link: id, now, chance: this.#random.fraction(), retryAfterMs, code });
  }

  #dropTransport(): void {
    this.#timer?.cancel();
    this.#transport?.close();
    this.#transport = undefined;
    const link = this.#link;
    this.#link = undefined;
    if (link) this.#listener.down(link);
  }

  #dispatchAfter(delayMs: number, event: ConnectionEvent): void {
    this.#arm(delayMs, () => this.#dispatch(event));
  }

  #arm(delayMs: number, task: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.schedule(Math.max(0, delayMs), task);
  }
}

/** Two states with the same key look the same from outside. */
const publicKey = (state: MachineState): string => JSON.stringify(publicState(state));
