import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutated, type Mutant } from './mutants.ts';
import { relatedSuites } from './related.ts';
import { reasonFor } from './second-fences.ts';
import { Sandbox } from './sandbox.ts';

/** How many of the nearest suites are tried before all that reach the file. */
const NEAREST = 3;

export interface Survivor {
  file: string;
  line: number;
  what: string;
  why: string;
}

export interface Score {
  total: number;
  killed: number;
  /** 0 to 1. */
  score: number;
  survivors: Survivor[];
}

/** @throws Error when the suite isn't green as it is, or when it turns red although nothing has changed */
export async function requireSoundRunner(repository: string): Promise<void> {
  const sandbox = new Sandbox(repository);
  try {
    if (!(await sandbox.passes(sandbox.suites))) throw new Error('The suite is red without any mutant.');
    const file = 'ratchet.ts';
    sandbox.write(file, `${readFileSync(join(sandbox.sources, file), 'utf8')}\n// changes nothing\n`);
    if (!(await survives(sandbox, file))) throw new Error('A mutant that does nothing was killed.');
  } finally {
    sandbox.remove();
  }
}

/** Tries mutants in several sandboxes at once. `told` hears of each as it is settled. */
export async function scoreOf(
  repository: string,
  mutants: readonly Mutant[],
  jobs: number,
  told: (mutant: Mutant, killed: boolean) => void,
): Promise<Score> {
  const waiting = [...mutants];
  const survivors: Survivor[] = [];
  const work = async (): Promise<void> => {
    const sandbox = new Sandbox(repository);
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const killed = await isKilled(sandbox, mutant);
        told(mutant, killed);
        if (!killed) survivors.push(survivorOf(mutant));
      }
    } finally {
      sandbox.remove();
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const killed = mutants.length - survivors.length;
  return { total: mutants.length, killed, score: killed / Math.max(mutants.length, 1), survivors };
}

async function isKilled(sandbox: Sandbox, mutant: Mutant): Promise<boolean> {
  const original = readFileSync(join(sandbox.sources, mutant.file), 'utf8');
  sandbox.write(mutant.file, mutated(original, mutant));
  try {
    return !(await survives(sandbox, mutant.file));
  } finally {
    sandbox.write(mutant.file, original);
  }
}

async function survives(sandbox: Sandbox, file: string): Promise<boolean> {
  const suites = relatedSuites(join(sandbox.sources, file), sandbox.suites);
  const [nearest, others] = [suites.slice(0, NEAREST), suites.slice(NEAREST)];
  if (!(await sandbox.passes(nearest))) return false;
  return others.length === 0 || (await sandbox.passes(others));
}

function survivorOf(mutant: Mutant): Survivor {
  const { file, line, what } = mutant;
  return { file: `libs/crypto/src/${file}`, line, what, why: reasonFor(mutant) };
}
