import * as fc from 'fast-check';
import { attack, type Failure } from './attack.ts';
import type { AttackCase, Layer } from './attack-case.ts';
import { readCorpus } from './corpus.ts';
import { HonestPair } from './honest-pair.ts';
import { LAYERS } from './layers/index.ts';
import { Target } from './target.ts';

export interface CampaignSettings {
  layers: readonly Layer[];
  seed: number;
  /** New cases of each layer, after those of the corpus. */
  cases: number;
  progress?(layer: Layer, done: number): void;
}

export interface LayerReport {
  layer: Layer;
  cases: number;
  /** What a message between two honest people took meanwhile, in ms. */
  honestMs: { median: number; max: number };
  /** Memory of the gateway after it, compared with before, in bytes. */
  grownBytes: number;
  failures: Failure[];
}

/** After so many, the honest talk and the gateway is looked at. */
const BATCH = 200;
/** Two people say so much before the first attack: memory is compared with a gateway that has worked. */
const WARM_UP = 20;

/** Attacks one gateway with one layer after another while two honest people talk through it. */
export async function campaign(settings: CampaignSettings): Promise<LayerReport[]> {
  const target = await Target.start();
  try {
    const pair = await HonestPair.meet(target.url);
    await warmUp(target, pair);
    const reports: LayerReport[] = [];
    for (const layer of settings.layers) reports.push(await attackLayer(target, pair, layer, settings));
    await pair.leave();
    return reports;
  } finally {
    await target.stop();
  }
}

async function attackLayer(
  target: Target,
  pair: HonestPair,
  layer: Layer,
  { seed, cases, progress }: CampaignSettings,
): Promise<LayerReport> {
  const before = target.residentBytes();
  const fresh = fc.sample(LAYERS.get(layer)!, { seed, numRuns: cases });
  const all = [...readCorpus(layer), ...fresh];
  const failures: Failure[] = [];
  const talks: number[] = [];
  for (let done = 0; done < all.length && failures.length === 0; done += BATCH) {
    const batch = all.slice(done, done + BATCH);
    const [found, talkMs] = await Promise.all([attack(target, batch), pair.talk()]);
    failures.push(...found, ...(await troubles(target, pair, talkMs, batch)));
    talks.push(talkMs ?? Infinity);
    progress?.(layer, done + batch.length);
  }
  const sorted = talks.sort((a, b) => a - b).map(Math.round);
  const honestMs = { median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 };
  const grownBytes = target.trouble === undefined ? target.residentBytes() - before : 0;
  return { layer, cases: all.length, honestMs, grownBytes, failures };
}

/** Of the gateway as a whole; which of the batch did it, a second gateway tells. */
async function troubles(
  target: Target,
  pair: HonestPair,
  talkMs: number | undefined,
  batch: readonly AttackCase[],
): Promise<Failure[]> {
  const unheard = talkMs === undefined ? ['An honest message did not arrive.'] : [];
  const said = [...pair.troubles.splice(0), ...unheard];
  if (target.trouble === undefined) return said.map((what) => ({ what }));
  const culprit = await culpritOf(batch);
  return [{ what: target.trouble, ...(culprit === undefined ? {} : { attack: culprit }) }];
}

async function culpritOf(batch: readonly AttackCase[]): Promise<AttackCase | undefined> {
  const target = await Target.start();
  try {
    for (const one of batch) {
      await attack(target, [one]);
      if (target.trouble !== undefined) return one;
    }
    return undefined;
  } finally {
    await target.stop();
  }
}

async function warmUp(target: Target, pair: HonestPair): Promise<void> {
  for (let said = 0; said < WARM_UP; said++) await pair.talk();
  const cases = [...LAYERS.values()].flatMap((layer) => fc.sample(layer, { seed: 1, numRuns: BATCH }));
  await attack(target, cases);
}
