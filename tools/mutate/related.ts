import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const IMPORT = /from '(\.[^']+)'|import\('(\.[^']+)'\)/g;

/** How many imports lead from a suite to a file; the suites that reach it, nearest first. */
export function relatedSuites(file: string, suites: readonly string[]): string[] {
  return suites
    .map((suite) => ({ suite, steps: stepsTo(file, suite) }))
    .filter(({ steps }) => steps !== undefined)
    .sort((a, b) => rank(a, file) - rank(b, file))
    .map(({ suite }) => suite);
}

/** A suite that is named like the file comes first, and property tests come last: they take longest. */
function rank({ suite, steps = 0 }: { suite: string; steps: number | undefined }, file: string): number {
  if (basename(suite).includes('.property.')) return steps + 100;
  return basename(suite).split('.')[0] === basename(file).split('.')[0] ? -1 : steps;
}

function stepsTo(file: string, suite: string): number | undefined {
  const seen = new Set([suite]);
  let edge = [suite];
  for (let steps = 0; edge.length > 0; steps++) {
    if (edge.includes(file)) return steps;
    edge = edge.flatMap(importsOf).filter((path) => !seen.has(path) && seen.add(path));
  }
  return undefined;
}

const imports = new Map<string, string[]>();

function importsOf(file: string): string[] {
  const known = imports.get(file);
  if (known) return known;
  const found = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, one, other]) =>
    join(dirname(file), one ?? other ?? ''),
  );
  imports.set(file, found);
  return found;
}
