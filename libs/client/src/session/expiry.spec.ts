import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FakeClock } from '@bytechat/testing';
import { Expiry } from './expiry.ts';

describe('expiry', () => {
  it('names everything exactly when its time is over, with one timer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 }), (delays) => {
        const clock = new FakeClock();
        const start = clock.now();
        const gone = new Map<string, number>();
        const expiry = new Expiry(clock, (ids) => {
          for (const id of ids) gone.set(id, clock.now() - start);
        });
        for (const [index, delay] of delays.entries()) expiry.set(String(index), start + delay);
        expect(clock.timers).toBe(delays.length > 0 ? 1 : 0);
        while (clock.runNext(start + 100));
        expect(gone).toEqual(new Map(delays.map((delay, index) => [String(index), delay])));
        expect(clock.timers).toBe(0);
      }),
    );
  });

  it('forgets what was taken back and what was cleared', () => {
    const clock = new FakeClock();
    const gone: string[] = [];
    const expiry = new Expiry(clock, (ids) => gone.push(...ids));
    expiry.set('taken back', clock.now() + 1);
    expiry.set('later', clock.now() + 5);
    expiry.delete('taken back');
    while (clock.runNext(clock.now() + 10));
    expect(gone).toEqual(['later']);
    expiry.set('cleared', clock.now() + 1);
    expiry.clear();
    expect(clock.timers).toBe(0);
  });
});
