import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { checkHistory } from './check-history.ts';
import type { HistoryEvent } from './event.ts';
import { MUTATIONS, mutate, type Mutation } from './mutations.ts';
import { validHistory } from './valid-history.ts';

const lifeMs = 1_000_000;
const kindsOf = (events: readonly HistoryEvent[]): string[] =>
  checkHistory(events, { lifeMs }).map(({ kind }) => kind);

describe('the checker of histories', () => {
  it('finds nothing in 1,000 histories in which nothing is wrong', () => {
    let sights = 0;
    fc.assert(
      fc.property(validHistory(), (events) => {
        sights += events.filter(({ type }) => type === 'ok' || type === 'deliver').length;
        expect(checkHistory(events, { lifeMs })).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    expect(sights).toBeGreaterThan(10_000);
  });

  it.each(Object.keys(MUTATIONS) as Mutation[])('finds every "%s" in a history', (mutation) => {
    fc.assert(
      fc.property(validHistory(), fc.nat(), (events, choice) => {
        const mutated = mutate(events, mutation, choice, lifeMs);
        fc.pre(mutated !== undefined);
        const kinds = kindsOf(mutated);
        expect(MUTATIONS[mutation].some((kind) => kinds.includes(kind))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes 40,000 sights in its stride', () => {
    const events = longHistory(10_000);
    const before = performance.now();
    expect(checkHistory(events)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('a history', () => {
  it('has no order against real time: what was acknowledged stands before what was sent later', () => {
    const events = [...room('a', 'b'), send('a', 'x', 1), send('b', 'y', 10)];
    const right = [
      ok('a', 'x', 1, 5),
      ok('b', 'y', 2, 15),
      deliver('a', 'y', 2, 16),
      deliver('b', 'x', 1, 6),
    ];
    const wrong = [ok('a', 'x', 2, 5), ok('b', 'y', 1, 15), deliver('a', 'y', 1), deliver('b', 'x', 2)];
    expect(kindsOf([...events, ...right].sort(byTime))).toEqual([]);
    expect(kindsOf([...events, ...wrong])).toContain('nonmonotonic');
  });

  it('lets messages that were under way at the same time stand in any order', () => {
    const events = [...room('a', 'b'), send('a', 'x', 1), send('b', 'y', 2)];
    const either = [deliver('a', 'y', 1, 5), ok('b', 'y', 1, 6), ok('a', 'x', 2, 7), deliver('b', 'x', 2, 8)];
    expect(kindsOf([...events, ...either])).toEqual([]);
  });

  it('keeps the order of one sender', () => {
    const events = [...room('a'), send('a', 'x', 1), send('a', 'y', 2)];
    expect(kindsOf([...events, ok('a', 'y', 1, 5), ok('a', 'x', 2, 6)])).toContain('nonmonotonic');
  });

  it('allows a send of unknown outcome to appear once or never, but not twice', () => {
    const events = [...room('a', 'b'), send('a', 'x', 1), info('a', 'x')];
    expect(kindsOf(events)).toEqual([]);
    expect(kindsOf([...events, deliver('b', 'x', 1)])).toEqual(['unobserved']);
    const seenByAll = [...events, deliver('b', 'x', 1), deliver('a', 'x', 1)];
    expect(kindsOf(seenByAll)).toEqual([]);
    expect(kindsOf([...seenByAll, deliver('b', 'x', 2)])).toContain('duplicate');
  });

  it('does not show what was said to have failed', () => {
    const failed: HistoryEvent = { process: 'a', room: 'r', tMono: 2, type: 'fail', id: 'x' };
    expect(kindsOf([...room('a'), send('a', 'x', 1), failed, deliver('a', 'x', 1)])).toEqual(['phantom']);
  });

  it('excuses what a person was told to be missing, and nothing else', () => {
    const events = [
      ...room('a', 'b'),
      send('a', 'x', 1),
      ok('a', 'x', 1, 2),
      send('a', 'y', 3),
      ok('a', 'y', 2, 4),
    ];
    expect(kindsOf([...events, deliver('b', 'y', 2)])).toContain('lost-write');
    expect(kindsOf([...events, restart('b', 1, 1), deliver('b', 'y', 2)])).toEqual([]);
  });

  it('never goes back to a generation that is over, and tells everybody of a new one', () => {
    const events = [...room('a', 'b'), restart('a', 2, 0), send('a', 'x', 1), ok('a', 'x', 1, 2, 2)];
    expect(kindsOf(events)).toEqual(['lost-write']);
    expect(kindsOf([...events, deliver('b', 'x', 1, 3, 2)])).toEqual(['skip']);
    expect(kindsOf([...events, restart('b', 2, 0), deliver('b', 'x', 1, 3, 2)])).toEqual([]);
    expect(kindsOf([...events, restart('b', 2, 1), restart('b', 1, 0)])).toContain('nonmonotonic');
  });

  describe('carried on in another generation', () => {
    const before = (): HistoryEvent[] => [
      ...[...room('a', 'b'), send('a', 'x', 1), ok('a', 'x', 1, 2), send('a', 'y', 3), ok('a', 'y', 2, 4)],
    ];

    it('keeps the places of what both share', () => {
      const after = [
        goesOn('a', 2, 2),
        goesOn('b', 2, 2),
        deliver('b', 'x', 1, 5, 2),
        deliver('b', 'y', 2, 5, 2),
      ];
      expect(kindsOf([...before(), ...after])).toEqual([]);
      const jump = [goesOn('a', 2, 2), goesOn('a', 3, 2), goesOn('b', 3, 2)];
      const read = [deliver('b', 'x', 1, 5, 3), deliver('b', 'y', 2, 5, 3)];
      expect(kindsOf([...before(), ...jump, ...read])).toEqual([]);
    });

    it('is known by an item that stands in both, when everybody begins anew', () => {
      const after = [restart('b', 2, 2), deliver('b', 'x', 1, 5, 2), deliver('b', 'y', 2, 5, 2)];
      expect(kindsOf([...before(), restart('a', 2, 2), ...after])).toEqual([]);
      const elsewhere = [restart('b', 2, 3), deliver('b', 'x', 2, 5, 2), deliver('b', 'y', 3, 5, 2)];
      expect(kindsOf([...before(), restart('a', 2, 3), ...elsewhere])).toContain('split-offset');
    });

    it('gives those what they missed who go on', () => {
      const after = [goesOn('a', 2, 2), goesOn('b', 2, 2), deliver('b', 'y', 2, 5, 2)];
      expect(kindsOf([...before(), ...after])).toEqual(['lost-write']);
    });

    it('may lose its end when those are told who have seen it', () => {
      const other = [send('b', 'z', 6), ok('b', 'z', 2, 7, 2)];
      const behind = [deliver('b', 'x', 1), goesOn('b', 2, 1), ...other];
      expect(kindsOf([...before(), ...behind, restart('a', 2, 2)])).toEqual([]);
      expect(kindsOf([...before(), ...behind, goesOn('a', 2, 1)])).not.toEqual([]);
    });
  });

  it('does not show again what has expired', () => {
    const events = [...room('a', 'b'), send('a', 'x', 1), ok('a', 'x', 1, 2)];
    const expired: HistoryEvent = { process: 'b', room: 'r', tMono: 3, type: 'expire', id: 'x' };
    expect(kindsOf([...events, expired, deliver('b', 'x', 1, 4)])).toEqual(['late']);
  });
});

const room = (...people: string[]): HistoryEvent[] =>
  people.map((process) => ({
    ...{ process, room: 'r', tMono: 0, generation: 1, seq: 0 },
    ...{ type: 'presence', state: 'in' },
  }));

const send = (process: string, id: string, tMono: number): HistoryEvent => ({
  ...{ process, room: 'r', tMono, type: 'send', id },
});

const info = (process: string, id: string): HistoryEvent => ({
  ...{ process, room: 'r', tMono: 3, type: 'info', id },
});

const ok = (process: string, id: string, seq: number, tMono: number, generation = 1): HistoryEvent => ({
  ...{ process, room: 'r', tMono, type: 'ok', id, generation, seq },
});

const deliver = (process: string, id: string, seq: number, tMono = 20, generation = 1): HistoryEvent => ({
  ...{ process, room: 'r', tMono, type: 'deliver', id, generation, seq },
});

const restart = (process: string, generation: number, seq: number): HistoryEvent => ({
  ...{ process, room: 'r', tMono: 5, type: 'recover', recovered: false, generation, seq },
});

const goesOn = (process: string, generation: number, seq: number): HistoryEvent => ({
  ...{ process, room: 'r', tMono: 5, type: 'recover', recovered: true, generation, seq },
});

const byTime = (a: HistoryEvent, b: HistoryEvent): number => a.tMono - b.tMono;

function longHistory(messages: number): HistoryEvent[] {
  const others = ['b', 'c', 'd'];
  const events = room('a', ...others);
  for (let seq = 1; seq <= messages; seq++) {
    events.push(send('a', `m${seq}`, 2 * seq), ok('a', `m${seq}`, seq, 2 * seq + 1));
    events.push(...others.map((process) => deliver(process, `m${seq}`, seq, 2 * seq + 1)));
  }
  return events;
}
