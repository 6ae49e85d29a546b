import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Allowance } from '../edge/allowance.ts';
import { SessionClock } from './session-clock.ts';
import { Staggered } from './staggered.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a session clock', () => {
  const started = (): { clock: SessionClock; said: string[] } => {
    const said: string[] = [];
    const clock = new SessionClock(1_000, 200, {
      expiring: (inMs) => said.push(`expiring in ${inMs}`),
      expired: () => said.push('expired'),
    });
    return { clock, said };
  };

  test('gives notice after the silence, and ends some time later', () => {
    const { said } = started();
    jest.advanceTimersByTime(999);
    expect(said).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(said).toEqual(['expiring in 200']);
    jest.advanceTimersByTime(200);
    expect(said).toEqual(['expiring in 200', 'expired']);
  });

  test('begins anew with every act, also after the notice', () => {
    const { clock, said } = started();
    jest.advanceTimersByTime(900);
    clock.acted();
    jest.advanceTimersByTime(1_100);
    expect(said).toEqual(['expiring in 200']);
    clock.acted();
    jest.advanceTimersByTime(999);
    expect(said).toEqual(['expiring in 200']);
  });

  test('believes the store when it knows of a longer silence, but takes no notice back', () => {
    const { clock, said } = started();
    jest.advanceTimersByTime(100);
    clock.silentFor(900);
    jest.advanceTimersByTime(100);
    expect(said).toEqual(['expiring in 200']);
    clock.silentFor(0);
    jest.advanceTimersByTime(200);
    expect(said).toEqual(['expiring in 200', 'expired']);
  });

  test('says nothing any more when it is stopped', () => {
    const { clock, said } = started();
    jest.advanceTimersByTime(1_000);
    clock.stop();
    jest.advanceTimersByTime(10_000);
    expect(said).toEqual(['expiring in 200']);
  });
});

describe('a staggered task', () => {
  test('is done once a period for each thing, and never for all at once', () => {
    const done: number[] = [];
    let most = 0;
    const staggered = new Staggered<number>(1_000, (item) => done.push(item));
    for (let item = 0; item < 40; item++) staggered.add(item);
    for (let tick = 0; tick < 20; tick++) {
      const before = done.length;
      jest.advanceTimersByTime(50);
      most = Math.max(most, done.length - before);
    }
    expect([...done].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, item) => item));
    expect(most).toBe(2);
    staggered.delete(7);
    jest.advanceTimersByTime(1_000);
    expect(done.filter((item) => item === 7)).toHaveLength(1);
    staggered.stop();
    jest.advanceTimersByTime(1_000);
    expect(done).toHaveLength(79);
  });
});

describe('an allowance', () => {
  test('gives a burst, then one with time, and says how long to wait', () => {
    let now = 0;
    const allowance = new Allowance(2, 4, () => now);
    expect([allowance.take(), allowance.take()]).toEqual([0, 0]);
    expect(allowance.take()).toBe(250);
    now = 100;
    expect(allowance.take()).toBe(150);
    now = 250;
    expect(allowance.take()).toBe(0);
    now = 60_000;
    expect([allowance.take(), allowance.take()]).toEqual([0, 0]);
    expect(allowance.take()).toBe(250);
  });
});
