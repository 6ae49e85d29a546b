import { describe, expect, it } from '@jest/globals';
import type { Member } from '@bytechat/client';
import { calmly, withMembers } from './away-since.ts';

const ben = (present: boolean): Member => ({
  ...{ mid: 'ben', idx: 1, name: 'Ben', self: false, owner: false },
  present,
});
const shownAt = (now: number, since: ReturnType<typeof withMembers>) =>
  calmly([ben(false)], since, now)[0]?.present;

describe('who is away', () => {
  it('is here all the time when the connection comes back within ten seconds', () => {
    const lost = withMembers(new Map(), [ben(true)], [ben(false)], 1_000);
    expect(shownAt(10_900, lost)).toBe(true);
    expect(withMembers(lost, [ben(false)], [ben(true)], 5_000)).toEqual(new Map());
  });

  it('is away after that, counted from the loss and not from later news', () => {
    const lost = withMembers(new Map(), [ben(true)], [ben(false)], 1_000);
    expect(shownAt(11_000, withMembers(lost, [ben(false)], [ben(false)], 9_000))).toBe(false);
  });

  it('is away at once when nobody here has seen him', () => {
    expect(shownAt(0, withMembers(new Map(), [], [ben(false)], 0))).toBe(false);
  });
});
