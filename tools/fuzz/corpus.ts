import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AttackCase, Layer } from './attack-case.ts';

/** What was found once, and shapes that are known to break others: a file a layer, replayed before anything else. */
const pathOf = (layer: Layer): string => fileURLToPath(new URL(`corpus/${layer}.json`, import.meta.url));

export function readCorpus(layer: Layer): AttackCase[] {
  const path = pathOf(layer);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as AttackCase[]) : [];
}

/** For everybody's next run. One that is there already isn't added again. */
export function addToCorpus(found: AttackCase): void {
  const known = readCorpus(found.layer);
  const text = JSON.stringify(found);
  if (known.some((one) => JSON.stringify(one) === text)) return;
  writeFileSync(pathOf(found.layer), `${JSON.stringify([...known, found], null, 2)}\n`);
}
