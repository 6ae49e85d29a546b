import { parseArgs } from 'node:util';
import type { Layer } from './attack-case.ts';
import { LAYERS } from './layers/index.ts';

/** What `npm run fuzz` was asked for. */
export interface FuzzSettings {
  only: Layer[];
  seed: number;
  cases: number;
  json: string;
}

export const USAGE = `npm run fuzz -- [options]

  --only L0,L3    these layers of the wire (default: ${[...LAYERS.keys()].join(' ')})
  --seed N        repeats an earlier run
  --cases N       new ones of each layer, after those of the corpus (default 5000)
  --json FILE     where the result goes (default dist/fuzz/result.json)
`;

const MOST_SEEDS = 2 ** 31;
const CASES = 5_000;

/** @throws {Error} in words that help */
export function readSettings(args: readonly string[]): FuzzSettings | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      cases: { type: 'string' },
      json: { type: 'string', default: 'dist/fuzz/result.json' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    only: values.only?.split(',').map(layerOf) ?? [...LAYERS.keys()],
    seed: countOf('--seed', values.seed) ?? Math.floor(Math.random() * MOST_SEEDS),
    cases: countOf('--cases', values.cases) ?? CASES,
    json: values.json,
  };
}

function layerOf(text: string): Layer {
  const layer = [...LAYERS.keys()].find((one) => one === text.trim().toUpperCase());
  if (layer === undefined)
    throw new Error(`There is no layer ${text}. Known: ${[...LAYERS.keys()].join(' ')}`);
  return layer;
}

function countOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`${option} takes a whole number, not "${text}".`);
  return value;
}
