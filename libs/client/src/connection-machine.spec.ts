import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  initialConnection,
  publicState,
  transition,
  type Connection,
  type ConnectionEvent,
} from './connection-machine.ts';
import { fullJitter, type ReconnectPolicy } from './reconnect-policy.ts';

const policy: ReconnectPolicy = { nextDelayMs: (failures) => (failures >= 10 ? null : 100) };

const states: Record<Connection['state'], Connection> = {
  idle: { state: 'idle', link: 3 },
  connecting: { state: 'connecting', link: 3, attempt: 2 },
  recovering: { state: 'recovering', link: 3, attempt: 2 },
  online: { state: 'online', link: 3, attempt: 2 },
  waiting: { state: 'waiting', link: 3, attempt: 2, retryAt: 5 },
  closed: { state: 'closed', link: 3, code: 'LEFT' },
};

const events: Record<string, ConnectionEvent> = {
  open: { type: 'open' },
  opened: { type: 'opened', link: 3, resume: false },
  'opened to resume': { type: 'opened', link: 3, resume: true },
  recovered: { type: 'recovered', link: 3 },
  stable: { type: 'stable', link: 3 },
  lost: { type: 'lost', link: 3, now: 1_000, chance: 0.5 },
  due: { type: 'due', link: 3 },
  move: { type: 'move', link: 3 },
  close: { type: 'close', code: 'EXPIRED' },
};

const connect = { type: 'connect', link: 4 };
const drop = { type: 'drop', link: 3 };
const connecting = (attempt: number) => ({ state: 'connecting', link: 4, attempt });
const waiting = { state: 'waiting', link: 3, attempt: 3, retryAt: 1_100 };
const expired = { state: 'closed', link: 3, code: 'EXPIRED' };
const lost = [waiting, drop, { type: 'wait', link: 3, untilMs: 1_100 }];
const online = { state: 'online', link: 3, attempt: 2 };
const watch = { type: 'watch', link: 3 };

/** Every pair of state and event that changes something: the next state, then the effects. All others change nothing. */
const table: Record<string, unknown[]> = {
  'idle + open': [connecting(1), connect],
  'waiting + open': [connecting(2), connect],
  'connecting + opened': [online, watch],
  'connecting + opened to resume': [{ state: 'recovering', link: 3, attempt: 2 }],
  'recovering + recovered': [{ ...online, attempt: 1 }, watch],
  'online + stable': [{ state: 'online', link: 3, attempt: 0 }],
  'connecting + lost': lost,
  'recovering + lost': lost,
  'online + lost': lost,
  'waiting + due': [connecting(2), connect],
  'online + move': [connecting(1), drop, connect],
  'idle + close': [expired, drop],
  'connecting + close': [expired, drop],
  'recovering + close': [expired, drop],
  'online + close': [expired, drop],
  'waiting + close': [expired, drop],
};

const pairs = Object.keys(states).flatMap((state) =>
  Object.keys(events).map((event) => `${state} + ${event}`),
);

describe('the connection', () => {
  it.each(pairs)('%s', (pair) => {
    const [state, event] = pair.split(' + ') as [Connection['state'], string];
    const { next, effects } = transition(states[state], events[event]!, policy);
    const [expectedNext, ...expectedEffects] = table[pair] ?? [states[state]];
    expect(next).toEqual(expectedNext);
    expect(effects).toEqual(expectedEffects);
    if (!table[pair]) expect(next).toBe(states[state]);
  });

  it.each(Object.keys(events).filter((name) => 'link' in events[name]!))(
    'ignores a late "%s" of an earlier transport',
    (name) => {
      for (const state of Object.values(states)) {
        const late = { ...events[name]!, link: 2 } as ConnectionEvent;
        expect(transition(state, late, policy)).toEqual({ next: state, effects: [] });
      }
    },
  );

  it('closes for good after ten failed tries, until a person opens it again', () => {
    const last: Connection = { state: 'connecting', link: 3, attempt: 10 };
    const { next, effects } = transition(last, events['lost']!, policy);
    expect(next).toEqual({ state: 'closed', link: 3, code: 'ATTEMPTS' });
    expect(effects).toEqual([drop]);
    expect(transition(next, { type: 'open' }, policy).next).toEqual(connecting(1));
    expect(transition(next, { type: 'close', code: 'LEFT' }, policy).next).toEqual({
      state: 'closed',
      link: 3,
      code: 'LEFT',
    });
  });

  it('remembers one failed try at most once a session was brought up to date, so that the next try comes soon', () => {
    const recovered = transition({ state: 'recovering', link: 3, attempt: 9 }, events['recovered']!, policy);
    const again = transition(recovered.next, events['lost']!, policy);
    expect(again.next).toMatchObject({ state: 'waiting', attempt: 2 });
  });

  it('tells why the server refused the last try', () => {
    const refused = { ...events['lost']!, code: 'ERR_RATE' } as ConnectionEvent;
    const { next } = transition(states.connecting, refused, policy);
    expect(publicState(next)).toEqual({ state: 'waiting', attempt: 3, retryAt: 1_100, code: 'ERR_RATE' });
  });

  it('shows what a person needs and no link numbers', () => {
    expect(Object.values(states).map(publicState)).toEqual([
      { state: 'idle' },
      { state: 'connecting', attempt: 2 },
      { state: 'recovering' },
      { state: 'online' },
      { state: 'waiting', attempt: 2, retryAt: 5 },
      { state: 'closed', code: 'LEFT' },
    ]);
  });
});

describe('trying again', () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('waits between nothing and an exponential bound that ends at 20 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), chance, (failures, luck) => {
        const delay = fullJitter.nextDelayMs(failures, luck)!;
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(Math.min(20_000, 500 * 2 ** failures));
      }),
    );
  });

  it('never comes before the time that the server asked for, and never much after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), chance, fc.nat(900_000), (failures, luck, hint) => {
        const delay = fullJitter.nextDelayMs(failures, luck, hint)!;
        expect(delay).toBeGreaterThanOrEqual(hint);
        expect(delay).toBeLessThanOrEqual(hint + 500);
      }),
    );
  });

  it('happens ten times and then stops, however the tries fail; only a connection that holds begins the count anew', () => {
    const step = fc.constantFrom('lost', 'opens and is lost', 'recovers and is lost', 'is stable and lost');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), chance, (steps, luck) => {
        let now: Connection = transition(initialConnection, { type: 'open' }, fullJitter).next;
        let failed = 0;
        let clock = 0;
        const send = (event: ConnectionEvent): void => {
          now = transition(now, event, fullJitter).next;
        };
        for (const kind of steps) {
          if (now.state === 'closed') break;
          const { link } = now;
          if (kind !== 'lost') send({ type: 'opened', link, resume: kind === 'recovers and is lost' });
          if (kind === 'recovers and is lost') send({ type: 'recovered', link });
          if (kind === 'is stable and lost') send({ type: 'stable', link });
          failed = { 'is stable and lost': 0, 'recovers and is lost': 1 }[kind as string] ?? failed + 1;
          send({ type: 'lost', link, now: clock, chance: luck });
          if (failed >= 10) {
            expect(now).toMatchObject({ state: 'closed', code: 'ATTEMPTS' });
            break;
          }
          expect(now).toMatchObject({ state: 'waiting', attempt: failed + 1 });
          if (now.state === 'waiting') clock = now.retryAt;
          send({ type: 'due', link });
        }
      }),
    );
  });
});
