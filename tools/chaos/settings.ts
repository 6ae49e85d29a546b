import { parseArgs } from 'node:util';
import { FAULTS } from './faults/index.ts';

/** What `npm run chaos` was asked for. */
export interface ChaosSettings {
  only: string[];
  seed: number;
  minutes: number;
  json: string;
}

export const USAGE = `npm run chaos -- [options]

  --only F1,F12      these faults; all that this machine can make unless told: ${[...FAULTS.keys()].join(' ')}
  --seed N           repeats the choices of an earlier run
  --minutes M        under load, for each fault (default 0.5)
  --json FILE        where the result goes (default dist/chaos/result.json); the picture and the histories of
                     failed runs lie beside it
`;

const DEFAULT_MINUTES = 0.5;
const MOST_SEEDS = 2 ** 31;

/** @throws {Error} in words that help */
export function readSettings(args: readonly string[]): ChaosSettings | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      json: { type: 'string', default: 'dist/chaos/result.json' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const only = values.only?.split(',').map((id) => id.trim().toUpperCase()) ?? [...FAULTS.keys()];
  const unknown = only.find((id) => !FAULTS.has(id));
  if (unknown !== undefined)
    throw new Error(`There is no fault ${unknown}. Known: ${[...FAULTS.keys()].join(' ')}`);
  return {
    only,
    seed: numberOf('--seed', values.seed) ?? Math.floor(Math.random() * MOST_SEEDS),
    minutes: numberOf('--minutes', values.minutes) ?? DEFAULT_MINUTES,
    json: values.json,
  };
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${option} takes a number, not "${text}".`);
  return value;
}
