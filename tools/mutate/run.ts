import { join } from 'node:path';
import type { Outcomes } from './cache.ts';
import { fingerprint } from './cache.ts';
import { mutated, type Mutant } from './mutants.ts';
import { relatedSuites } from './related.ts';
import type { Sandbox } from './sandbox.ts';
import { reasonFor } from './second-fences.ts';

export const SOURCES = 'libs/crypto/src';
/** How many of the nearest suites are tried one by one before all that reach the file. */
const NEAREST = 2;

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

export interface Settled {
  mutant: Mutant;
  killed: boolean;
}

/** @throws Error when the suite isn't green as it is, or when it turns red although nothing has changed */
export async function requireSoundRunner(sandbox: Sandbox): Promise<void> {
  const { red } = await sandbox.run(sandbox.files(`${SOURCES}/*.spec.ts`));
  if (red) throw new Error(`The suite is red without any mutant: ${red}`);
  const path = `${SOURCES}/ratchet.ts`;
  const original = sandbox.read(path);
  sandbox.write(path, `${original}\n// changes nothing\n`);
  const killer = await killerOf(sandbox, 'ratchet.ts', undefined);
  sandbox.write(path, original);
  if (killer) throw new Error(`A mutant that does nothing was killed by ${killer}.`);
}

interface Course {
  /** No mutant is started any more. */
  stop: () => boolean;
  told: (settled: Settled) => void;
}

/** Tries mutants, one at a time in each sandbox, until `stop` says so; those that are known already cost nothing. */
export async function settle(
  sandboxes: readonly Sandbox[],
  mutants: readonly Mutant[],
  outcomes: Outcomes,
  { stop, told }: Course,
): Promise<Settled[]> {
  const waiting = named(mutants);
  const settled: Settled[] = [];
  const everything = fingerprintOf(sandboxes[0]!);
  const lane = async (sandbox: Sandbox): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { mutant, name } = next;
      const text = mutated(sandbox.read(`${SOURCES}/${mutant.file}`), mutant);
      const of = (by: string | undefined): string =>
        by === undefined ? everything : fingerprint(text, by, sandbox.has(by) ? sandbox.read(by) : '');
      const known = outcomes.get(name, of);
      if (known) settled.push({ mutant, ...known });
      if (known || stop()) continue;
      const by = await tried(sandbox, mutant, text, outcomes.lastKiller(name));
      outcomes.set(name, of(by), by);
      settled.push({ mutant, killed: by !== undefined });
      told({ mutant, killed: by !== undefined });
    }
  };
  await Promise.all(sandboxes.map(lane));
  return settled;
}

/** Of all sources and suites. */
export function fingerprintOf(sandbox: Sandbox): string {
  return fingerprint(...sandbox.files(`${SOURCES}/**/*.ts`).map((path) => sandbox.read(path)));
}

export function scoreOf(settled: readonly Settled[]): Score {
  const survivors = settled.filter(({ killed }) => !killed).map(({ mutant }) => survivorOf(mutant));
  const killed = settled.length - survivors.length;
  return { total: settled.length, killed, score: killed / Math.max(settled.length, 1), survivors };
}

async function tried(
  sandbox: Sandbox,
  { file }: Mutant,
  text: string,
  likely: string | undefined,
): Promise<string | undefined> {
  const path = `${SOURCES}/${file}`;
  const original = sandbox.read(path);
  sandbox.write(path, text);
  try {
    return await killerOf(sandbox, file, likely);
  } finally {
    sandbox.write(path, original);
  }
}

/** The suite that turns red. */
async function killerOf(
  sandbox: Sandbox,
  file: string,
  likely: string | undefined,
): Promise<string | undefined> {
  const all = sandbox.files(`${SOURCES}/*.spec.ts`);
  const absolute = all.map((path) => join(sandbox.root, path));
  const related = relatedSuites(join(sandbox.root, SOURCES, file), absolute).map((path) =>
    path.slice(sandbox.root.length + 1),
  );
  const ordered =
    likely && related.includes(likely) ? [likely, ...related.filter((path) => path !== likely)] : related;
  for (const suite of ordered.slice(0, NEAREST)) {
    const { red } = await sandbox.run([suite]);
    if (red) return red;
  }
  const others = ordered.slice(NEAREST);
  return others.length === 0 ? undefined : (await sandbox.run(others)).red;
}

/** Names that stay when lines move: a change that a file offers several times is told apart by its number. */
function named(mutants: readonly Mutant[]): { mutant: Mutant; name: string }[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const name = `${mutant.file}: ${mutant.what}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return { mutant, name: `${name} #${number}` };
  });
}

function survivorOf(mutant: Mutant): Survivor {
  const { file, line, what } = mutant;
  return { file: `${SOURCES}/${file}`, line, what, why: reasonFor(mutant) };
}
