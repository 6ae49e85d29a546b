import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { runSoak, type SoakReport } from './run-soak.ts';

const USAGE = `npm run soak -- [options]

  --minutes M    how long people come and go (default 6)
  --seed N       repeats the choices of an earlier run
  --json FILE    where the result goes (default dist/soak/result.json)
`;

/** RELIABILITY §7: for a short run. A gateway's heap, of three together. */
const MOST_HEAP_GROWTH = 3 * 5 * 1_024 * 1_024;
const MIB = 1_024 * 1_024;
const TOLD_EVERY = 6;

/** `npm run soak`: does anything pile up? */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '6' },
      seed: { type: 'string' },
      json: { type: 'string', default: 'dist/soak/result.json' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [minutes, seed] = [Number(values.minutes), Number(values.seed ?? Date.now() % 1_000_000)];
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error('--minutes and --seed take numbers.');
  console.log(`Seed ${seed}`);
  let looks = 0;
  const report = await runSoak({
    ...{ minutes, seed },
    progress: ({ heapBytes, residentBytes, redisKeys }, acked) => {
      if (looks++ % TOLD_EVERY === 0)
        console.log(
          `${acked} acknowledged, heap ${inMib(heapBytes)}, resident ${inMib(residentBytes)}, ${redisKeys} keys`,
        );
    },
  });
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  return tell(report) ? 0 : 1;
}

/** Resolves with whether it is as it should be. */
function tell(report: SoakReport): boolean {
  const { acked, rooms, faults, anomalies, slopes, roomKeysLeft, crashes } = report;
  const wrong = Object.entries(anomalies).filter(([, count]) => count > 0);
  console.log(
    `${acked} acknowledged in ${rooms} rooms, ${faults} faults, ${roomKeysLeft} keys of rooms left`,
  );
  for (const [measure, slope] of Object.entries(slopes))
    console.log(
      `  ${measure.padEnd(14)} ${measure.endsWith('Bytes') ? inMib(slope) : slope.toFixed(0)} an hour`,
    );
  for (const [kind, count] of wrong) console.log(`  ${kind}: ${count}`);
  for (const crash of crashes) console.log(`  ${crash}`);
  const isFlat = slopes.heapBytes <= MOST_HEAP_GROWTH;
  return acked > 0 && isFlat && wrong.length === 0 && crashes.length === 0 && roomKeysLeft === 0;
}

const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;

process.exit(
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }),
);
