import { describe, expect, it } from '@jest/globals';
import { runInBrief, SEED } from './ci-tier.ts';

describe(`people talk while Redis fails (seed ${SEED})`, () => {
  it.each([
    ['F7', 'Redis is killed and comes back with its log'],
    ['F14', 'Redis forgets its scripts'],
  ])('and nothing is lost, twice or out of order with %s: %s', async (id) => {
    const { failures } = await runInBrief(id);
    expect(failures).toEqual([]);
  });
});
