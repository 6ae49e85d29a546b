import { describe, expect, it } from '@jest/globals';
import type { HistoryEvent } from '@bytechat/testing/history';
import { sendTimes, spreadOf, unavailability } from './figures.ts';

describe('the figures of a run', () => {
  it('tell the middle, the slow and the slowest', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(spreadOf(hundred)).toEqual({ p50: 51, p95: 96, max: 100 });
    expect(spreadOf([])).toEqual({ p50: 0, p95: 0, max: 0 });
  });

  it('measure from the sending of a message to its acknowledgement', () => {
    expect(sendTimes([send('x', 10), send('y', 20), ok('y', 25), ok('x', 110)])).toEqual([5, 100]);
  });

  it('count as unavailable only the time in which somebody waited', () => {
    const idle = [send('x', 0), ok('x', 10), send('y', 5_000), ok('y', 5_030)];
    expect(unavailability(idle)).toBe(30);
    const stuck = [send('x', 0), send('y', 1), ok('x', 10), send('z', 20), ok('y', 3_010), ok('z', 3_011)];
    expect(unavailability(stuck)).toBe(3_000);
  });
});

const send = (id: string, tMono: number): HistoryEvent => ({
  ...{ process: 'p', room: 'r', type: 'send', id, tMono },
});

const ok = (id: string, tMono: number): HistoryEvent => ({
  ...{ process: 'p', room: 'r', type: 'ok', id, tMono, generation: 1, seq: 1 },
});
