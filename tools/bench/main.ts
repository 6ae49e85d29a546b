import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judged } from './bars.ts';
import { measure, WORKLOADS, type Row } from './measure.ts';
import { table } from './table.ts';
import { VARIANTS } from './variants.ts';

const USAGE = `Measures what a delivery costs the servers, beside others that do less, in one run.

  npm run bench -- [--only A500,B] [--rounds 3] [--seconds 4] [--json FILE]

  Needs the built gateway (npm run build) and a redis-server. --json writes {node, rows, bars}; times are medians.
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

if (values.help === true) process.stdout.write(USAGE);
else await main();

async function main(): Promise<void> {
  const names = values.only?.split(',');
  const workloads = WORKLOADS.filter(({ name }) => names?.includes(name) ?? true);
  const asked = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  const rows: Row[] = [];
  for (const workload of workloads) {
    const measured = await measure(workload, VARIANTS, asked);
    rows.push(...measured);
    console.log(`\n${workload.name}: ${workload.what}\n\n${table(measured)}`);
  }
  const bars = judged(rows);
  console.log(`\n${bars.map(({ text }) => text).join('\n')}`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ node: process.version, rows, bars }, undefined, 2)}\n`);
  process.exit(rows.some(({ lost }) => lost > 0) ? 1 : 0);
}
