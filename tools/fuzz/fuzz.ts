import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Layer } from './attack-case.ts';
import { campaign, type LayerReport } from './campaign.ts';
import { addToCorpus } from './corpus.ts';
import { readSettings, USAGE } from './settings.ts';

/** RELIABILITY R13: what a gateway may hold more of after an attack than before. */
const MOST_GROWTH_BYTES = 64 * 1_024 * 1_024;
const TOLD_EVERY_MS = 10_000;
const MIB = 1_024 * 1_024;

/** `npm run fuzz`: one layer of the wire after the other. */
async function main(): Promise<number> {
  const settings = readSettings(process.argv.slice(2));
  if (settings === 'help') {
    console.log(USAGE);
    return 0;
  }
  console.log(`Seed ${settings.seed}`);
  const { only: layers, seed, cases, json } = settings;
  const reports = await campaign({ layers, seed, cases, progress: teller() });
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify({ seed, layers: reports }, null, 2)}\n`);
  for (const report of reports) tell(report);
  for (const { failures } of reports) for (const { attack } of failures) if (attack) addToCorpus(attack);
  console.log(json);
  const isGood = ({ failures, grownBytes }: LayerReport): boolean =>
    failures.length === 0 && grownBytes <= MOST_GROWTH_BYTES;
  return reports.every(isGood) ? 0 : 1;
}

function tell({ layer, cases, honestMs, grownBytes, failures }: LayerReport): void {
  const memory = `${(grownBytes / MIB).toFixed(0)} MiB more`;
  console.log(
    `${layer.padEnd(3)}  ${cases} cases, honest message ${honestMs.median} ms (at most ${honestMs.max}), ${memory}, ${failures.length} failures`,
  );
  for (const { what, attack } of failures) console.log(`     ${what} ${attack?.name ?? ''}`);
}

function teller(): (layer: Layer, done: number) => void {
  let lastAt = performance.now();
  return (layer, done) => {
    if (performance.now() - lastAt < TOLD_EVERY_MS) return;
    lastAt = performance.now();
    console.log(`${layer}: ${done} cases`);
  };
}

process.exit(
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }),
);
