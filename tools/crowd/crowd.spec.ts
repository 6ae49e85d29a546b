import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Seeded } from '../chaos/plant/seeded.ts';
import { Crowd } from './crowd.ts';
import { threeGateways } from './gateways.ts';

describe('claim 16: a crowd that comes, goes, is removed and writes at random', () => {
  let gateways: Awaited<ReturnType<typeof threeGateways>>;
  beforeAll(async () => (gateways = await threeGateways()));
  afterAll(() => gateways.stop());

  it('over three gateways has one commit for each epoch, the same keys, and loses no message', async () => {
    const seed = Number(process.env['BYTECHAT_SEED'] ?? Date.now() % 100_000);
    process.stdout.write(`seed ${seed}\n`);
    const crowd = new Crowd({ clients: 12, acts: 24, gateways: gateways.urls, random: new Seeded(seed) });
    const { commits, messages, ...wrong } = await crowd.run();
    expect(wrong).toEqual({ splitEpochs: [], differing: [], lost: [], alarms: [] });
    expect(commits).toBeGreaterThan(5);
    expect(messages).toBeGreaterThan(3);
  });
});
