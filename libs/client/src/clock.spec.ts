import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from './clock.ts';

describe('the system clock', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs a task not before its own time has come, even when the timer goes off early', () => {
    const start = systemClock.now();
    const seen: number[] = [];
    systemClock.schedule(1_000, () => seen.push(systemClock.now() - start));
    jest.setSystemTime(start - 1);
    jest.advanceTimersByTime(1_000);
    expect(seen).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(seen).toEqual([1_000]);
  });

  it('runs it although the wall clock was set back meanwhile', () => {
    let ran = false;
    systemClock.schedule(1_000, () => (ran = true));
    jest.setSystemTime(systemClock.now() - 3_600_000);
    jest.advanceTimersByTime(1_000);
    expect(ran).toBe(true);
  });

  it('runs nothing that was cancelled', () => {
    let ran = false;
    systemClock.schedule(10, () => (ran = true)).cancel();
    jest.advanceTimersByTime(20);
    expect(ran).toBe(false);
  });
});
