import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@bytechat/testing';
import { KeyAge } from './key-age.ts';

function aged(): { age: KeyAge; asked: number[]; overdue: number[]; pass: (ms: number) => void } {
  const clock = new FakeClock(0);
  const asked: number[] = [];
  const overdue: number[] = [];
  const age = new KeyAge(
    clock,
    600_000,
    () => asked.push(clock.now()),
    (since) => overdue.push(since),
  );
  const pass = (ms: number): void => {
    const limit = clock.now() + ms;
    while (clock.runNext(limit));
  };
  return { age, asked, overdue, pass };
}

describe('the age of keys', () => {
  it('is an alarm when nobody renews them for as long once more, and not because nothing was said', () => {
    const { age, overdue, pass } = aged();
    pass(5_000_000);
    age.used();
    pass(599_999);
    expect(overdue).toEqual([]);
    pass(1);
    expect(overdue).toEqual([5_000_000]);
    age.renewed();
    age.used();
    pass(1_199_999);
    expect(overdue).toEqual([5_000_000]);
  });

  it('does not matter while nothing is said', () => {
    const { asked, pass } = aged();
    pass(10_000_000);
    expect(asked).toEqual([]);
  });

  it('is over some time after they came, at once when something is said later', () => {
    const { age, asked, pass } = aged();
    pass(100_000);
    age.used();
    pass(499_999);
    expect(asked).toEqual([]);
    pass(1);
    expect(asked).toEqual([600_000]);
    age.renewed();
    pass(900_000);
    age.used();
    pass(0);
    expect(asked).toEqual([600_000, 1_500_000]);
  });

  it('is asked for again until they are renewed', () => {
    const { age, asked, pass } = aged();
    age.used();
    pass(1_200_000);
    expect(asked).toEqual([600_000, 1_200_000]);
    age.renewed();
    pass(10_000_000);
    expect(asked).toHaveLength(2);
  });

  it('is over after a thousand messages', () => {
    const { age, asked, pass } = aged();
    for (let i = 0; i < 999; i++) age.used();
    pass(0);
    expect(asked).toEqual([]);
    age.used();
    pass(0);
    expect(asked).toEqual([0]);
  });
});
