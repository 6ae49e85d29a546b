import { describe, expect, it } from '@jest/globals';
import { slopePerHour } from './slope.ts';

const at = (minutes: number, value: number): { atMs: number; value: number } => ({
  atMs: minutes * 60_000,
  value,
});

describe('the slope of samples', () => {
  it('is what a straight line gains in an hour', () => {
    expect(slopePerHour([at(0, 100), at(1, 101), at(2, 102), at(3, 103)])).toBeCloseTo(60);
    expect(slopePerHour([at(5, 7), at(10, 7), at(60, 7)])).toBe(0);
  });

  it('is not that of one outlier', () => {
    const flat = Array.from({ length: 60 }, (_, minute) => at(minute, 10));
    expect(Math.abs(slopePerHour([...flat.slice(0, 30), at(30, 40), ...flat.slice(31)]))).toBeLessThan(1);
  });

  it('of nothing is nothing', () => {
    expect(slopePerHour([])).toBe(0);
    expect(slopePerHour([at(1, 5)])).toBe(0);
  });
});
