import { describe, expect, it } from '@jest/globals';
import { GapWatch } from './gap-watch.ts';

describe('the gap watch', () => {
  it('is content when nothing is missing', () => {
    const watch = new GapWatch();
    watch.joined('anna');
    expect([0, 1, 2].map((sctr) => watch.heard('anna', sctr))).toEqual([0, 0, 0]);
  });

  it('counts what was withheld', () => {
    const watch = new GapWatch();
    watch.joined('anna');
    expect(watch.heard('anna', 2)).toBe(2);
    expect(watch.heard('anna', 4)).toBe(1);
  });

  it('excuses as many as went by expired, and no more', () => {
    const watch = new GapWatch();
    watch.joined('anna');
    watch.passed();
    watch.passed();
    expect(watch.heard('anna', 2)).toBe(0);
    watch.passed();
    expect(watch.heard('anna', 5)).toBe(1);
  });

  it('does not know what was before its time', () => {
    const watch = new GapWatch();
    expect(watch.heard('ben', 17)).toBe(0);
    expect(watch.heard('ben', 19)).toBe(1);
    watch.left('ben');
    expect(watch.heard('ben', 40)).toBe(0);
  });
});
