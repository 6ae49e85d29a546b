import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '@bytechat/testing';
import type { ConnectionState } from './api.ts';
import { Connection, type Link } from './connection.ts';
import type { ServerEvent, Transport, TransportFactory, TransportListener } from './transport.ts';

const greeting: ServerEvent = {
  name: 'user_connected',
  payload: { challenge: new Uint8Array(32), serverTime: 1, version: 1 },
};
const beacon: ServerEvent = { name: 'room_head', payload: { generation: 1, seq: 1 } };

/** A connection whose transports the test plays by hand. */
class Stage {
  readonly clock = new FakeClock(0);
  readonly transports: { listener: TransportListener; closed: boolean }[] = [];
  readonly states: ConnectionState[] = [];
  readonly events: ServerEvent[] = [];
  readonly links: Link[] = [];
  readonly connection: Connection;
  ended: unknown;

  constructor() {
    const transport: TransportFactory = (_endpoint, listener) => {
      const made = { listener, closed: false };
      this.transports.push(made);
      const request: Transport['request'] = () => Promise.reject(new Error('not played'));
      return {
        request,
        close: () => {
          made.closed = true;
        },
      };
    };
    this.connection = new Connection({
      endpoint: { url: 'http://gateway.test' },
      transport,
      clock: this.clock,
      random: { bytes: (length) => new Uint8Array(length), fraction: () => 0.5 },
      listener: {
        state: (state) => this.states.push(state),
        up: (link) => this.links.push(link) < 0,
        event: (_link, event) => this.events.push(event),
        down: () => undefined,
        closed: (code, error) => (this.ended = { code, error }),
      },
    });
  }

  listener(index: number): TransportListener {
    return this.transports[index]!.listener;
  }
}

describe('running the connection', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
    stage.connection.open();
    stage.listener(0).event(greeting);
  });

  it('hears nothing from a transport that another one has replaced', () => {
    stage.listener(0).closed(undefined);
    stage.clock.runNext(10_000);
    stage.listener(1).event(greeting);
    stage.listener(0).event(beacon);
    stage.listener(0).event(greeting);
    stage.listener(0).closed(undefined);
    expect(stage.events).toEqual([]);
    expect(stage.links).toHaveLength(2);
    expect(stage.states.at(-1)).toEqual({ state: 'online' });
    stage.listener(1).event(beacon);
    expect(stage.events).toEqual([beacon]);
  });

  it('lets nothing be asked on a link that is gone', async () => {
    stage.listener(0).closed(undefined);
    expect(stage.transports[0]!.closed).toBe(true);
    await expect(stage.links[0]!.request('leave_room', {})).rejects.toMatchObject({ kind: 'closed' });
  });

  it('gives up a gateway that takes the connection and never greets', () => {
    stage.listener(0).closed(undefined);
    stage.clock.runNext(60_000);
    expect(stage.states.at(-1)).toEqual({ state: 'connecting', attempt: 2 });
    stage.clock.runNext(60_000);
    expect(stage.transports[1]!.closed).toBe(true);
    expect(stage.states.at(-1)).toMatchObject({ state: 'waiting', attempt: 3 });
  });

  it('ends for good when the gateway refuses the version, and tells why', () => {
    stage.listener(0).closed({ code: 'ERR_VERSION', message: 'too old' });
    expect(stage.states.at(-1)).toEqual({ state: 'closed', code: 'REFUSED' });
    expect(stage.ended).toMatchObject({ code: 'REFUSED', error: { code: 'ERR_VERSION' } });
    expect(stage.clock.timers).toBe(0);
  });

  it('forgets failures only after a stable time', () => {
    stage.listener(0).closed(undefined);
    stage.clock.runNext(60_000);
    stage.listener(1).event(greeting);
    stage.clock.runNext(stage.clock.now() + 10_000);
    stage.listener(1).closed(undefined);
    expect(stage.states.at(-1)).toMatchObject({ state: 'waiting', attempt: 1 });
  });
});
