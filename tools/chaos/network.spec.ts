import { describe, expect, it } from '@jest/globals';
import { runInBrief, SEED } from './ci-tier.ts';

describe(`people talk while the network fails (seed ${SEED})`, () => {
  it.each([
    ['F12', 'the hints between gateways are cut'],
    ['F13', 'Redis stores messages and its answers are lost'],
    ['F19', 'one gateway reaches Redis in one direction only'],
    ['F28', 'hints come twice and overtake one another'],
  ])('and nothing is lost, twice or out of order with %s: %s', async (id) => {
    const { failures } = await runInBrief(id);
    expect(failures).toEqual([]);
  });
});
