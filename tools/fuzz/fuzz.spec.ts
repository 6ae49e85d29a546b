import { beforeAll, describe, expect, it } from '@jest/globals';
import { campaign, type LayerReport } from './campaign.ts';
import { LAYERS } from './layers/index.ts';

const seed = Date.now() % 1_000_000;
const layers = [...LAYERS.keys()];
const MOST_GROWTH_BYTES = 64 * 1_024 * 1_024;

describe(`a gateway under attack (seed ${seed})`, () => {
  let reports: readonly LayerReport[];

  beforeAll(async () => {
    reports = await campaign({ layers, seed, cases: 300 });
  });

  it.each(layers)('%s: lives, says nothing wrong, and carries honest messages', (layer) => {
    const report = reports.find((one) => one.layer === layer);
    expect(report?.failures).toEqual([]);
    expect(report?.cases).toBeGreaterThanOrEqual(300);
  });

  it('holds no more memory afterwards', () => {
    const grown = reports.reduce((sum, { grownBytes }) => sum + grownBytes, 0);
    expect(grown).toBeLessThan(MOST_GROWTH_BYTES);
  });
});
