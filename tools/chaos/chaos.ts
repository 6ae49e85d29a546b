import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toLine } from '@bytechat/testing/history';
import { FAULTS } from './faults/index.ts';
import { LiveLine } from './live-line.ts';
import { picture } from './picture.ts';
import { COLUMNS, rowOf } from './report.ts';
import { runFault, type RunOutcome } from './run-fault.ts';
import { readSettings, USAGE, type ChaosSettings } from './settings.ts';

/** A shorter run with fewer than these shows nothing. */
const LEAST = { acked: 100, injections: 1 };

/** `npm run chaos`: one fault after the other against real processes. */
async function main(): Promise<number> {
  const settings = readSettings(process.argv.slice(2));
  if (settings === 'help') {
    console.log(USAGE);
    return 0;
  }
  console.log(`Seed ${settings.seed}`);
  const outcomes: RunOutcome[] = [];
  for (const id of settings.only) {
    outcomes.push(await run(id, settings));
    write(outcomes, settings);
  }
  console.log(`\n${COLUMNS}`);
  for (const { report } of outcomes) console.log(rowOf(report));
  console.log(`\n${settings.json}`);
  return outcomes.every(({ report }) => report.pass) ? 0 : 1;
}

async function run(id: string, { seed, minutes }: ChaosSettings): Promise<RunOutcome> {
  const line = new LiveLine(id);
  const progress = line.show.bind(line);
  const outcome = await runFault(FAULTS.get(id)!, { seed, loadMs: minutes * 60_000, ...LEAST, progress });
  line.end();
  const { report } = outcome;
  console.log(`${report.pass ? 'pass' : 'FAIL'}  ${id} ${report.title}`);
  for (const failure of report.failures) console.log(`      ${failure}`);
  return outcome;
}

/** After every fault, so that a run that is broken off leaves what it found. */
function write(outcomes: readonly RunOutcome[], { seed, json }: ChaosSettings): void {
  const folder = dirname(json);
  mkdirSync(folder, { recursive: true });
  const faults = outcomes.map(({ report }) => report);
  writeFileSync(json, `${JSON.stringify({ seed, faults }, null, 2)}\n`);
  const panels = outcomes.map(({ report, record: { events }, injections }) => ({
    report,
    events,
    injections,
  }));
  writeFileSync(json.replace(/(\.json)?$/, '.svg'), picture(panels));
  for (const { report, record } of outcomes)
    if (!report.pass) writeFileSync(join(folder, `${report.id}.jsonl`), record.events.map(toLine).join(''));
}

process.exit(
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }),
);
