import { describe, expect, it } from '@jest/globals';
import { runInBrief, SEED } from './ci-tier.ts';

describe(`people talk while gateways come and go (seed ${SEED})`, () => {
  it.each([
    ['F1', 'gateways are killed and come back'],
    ['F2', 'gateways are replaced one by one'],
  ])('and nothing is lost, twice or out of order with %s: %s', async (id) => {
    const { failures } = await runInBrief(id);
    expect(failures).toEqual([]);
  });
});
