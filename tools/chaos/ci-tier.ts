import { FAULTS } from './faults/index.ts';
import type { FaultReport } from './report.ts';
import { runFault } from './run-fault.ts';

/** A part of what RELIABILITY §6 asks for; `npm run chaos` has the rest. At twice the pace of that. */
const ENOUGH = { acked: 1_000, injections: 5 };
const PACE = { loadMs: 5_000, rate: 40, tempo: 0.5 };
/** Where there is no sending for most of the time. */
const SLOW: ReadonlyMap<string, Partial<typeof ENOUGH>> = new Map([['F7', { acked: 500 }]]);

/** Told with every test: it repeats the choices of the run. */
export const SEED = Date.now() % 1_000_000;

/** One fault for as long as it takes until enough has happened to show something. */
export async function runInBrief(id: string): Promise<FaultReport> {
  const settings = { seed: SEED, ...ENOUGH, ...SLOW.get(id), ...PACE };
  return (await runFault(FAULTS.get(id)!, settings)).report;
}
