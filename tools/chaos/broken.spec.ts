import { afterEach, describe, expect, it } from '@jest/globals';
import { breakGateway, type Break } from './broken-gateway.ts';
import { FAULTS } from './faults/index.ts';
import type { FaultReport } from './report.ts';
import { runFault } from './run-fault.ts';

const settings = { seed: 1, loadMs: 3_000, acked: 100, injections: 2, rate: 40, tempo: 0.3 };

/** Members get placeholders instead of what they missed. */
const NO_RECOVERY: readonly Break[] = [{ script: 'read.lua', from: 'if message then', to: 'if false then' }];

/** A message that is sent once more is stored once more. */
const NO_IDEMPOTENCY: readonly Break[] = [
  {
    script: 'append.lua',
    from: 'if at and tonumber(at) + room.dedupe_ms > now then',
    to: 'if false then',
  },
  {
    script: 'append.lua',
    from: 'if sent_at and tonumber(sent_at) + room.dedupe_ms > now then',
    to: 'if false then',
  },
];

/** A Redis that lost its end goes on as if nothing had been there. */
const NO_NEW_GENERATION: readonly Break[] = [
  { script: 'include/room.lua', from: 'if replid ~= meta.replid then', to: 'if false then' },
];

describe('a gateway with one thing broken fails', () => {
  let remove: (() => Promise<void>) | undefined;

  afterEach(() => remove?.());

  async function runBroken(fault: string, breaks: readonly Break[]): Promise<FaultReport> {
    const broken = await breakGateway(breaks);
    remove = broken.remove;
    return (await runFault(FAULTS.get(fault)!, { ...settings, built: broken.folder })).report;
  }

  it('F12 when it does not give back what was missed', async () => {
    const { pass, anomalies } = await runBroken('F12', NO_RECOVERY);
    expect(pass).toBe(false);
    expect(anomalies.skip + anomalies.unobserved + anomalies['lost-write']).toBeGreaterThan(0);
  });

  it('F13 when it stores a repeated message again', async () => {
    const { pass, anomalies } = await runBroken('F13', NO_IDEMPOTENCY);
    expect(pass).toBe(false);
    expect(anomalies.duplicate).toBeGreaterThan(0);
  });

  it('F31 when a Redis that has forgotten begins no new generation', async () => {
    const { pass, anomalies } = await runBroken('F31', NO_NEW_GENERATION);
    expect(pass).toBe(false);
    expect(anomalies['split-offset'] + anomalies.nonmonotonic + anomalies.skip).toBeGreaterThan(0);
  });
});
