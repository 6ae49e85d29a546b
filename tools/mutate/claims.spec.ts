import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { changed } from './claims-run.ts';
import { CLAIMS } from './claims.ts';
import { claimTable } from './claims-table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** It is about files that a browser was served, and its test builds the whole product. */
const WITHOUT_MUTANT = 29;

describe('the claims of the threat model', () => {
  it('have a mutant each that turns their tests red', () => {
    const [page = ''] = read('docs/THREAT-MODEL.md').split('<!-- generated: claim-mutants -->');
    const listed = [...page.matchAll(/^\| (\d+) +\|/gm)].map(([, number]) => Number(number));
    const named = new Set(CLAIMS.filter(({ mutants }) => mutants.length > 0).map(({ claim }) => claim));
    expect(listed.length).toBeGreaterThanOrEqual(32);
    expect(listed).toEqual(listed.map((_, at) => at + 1));
    expect(listed.filter((number) => !named.has(number))).toEqual([WITHOUT_MUTANT]);
  });

  it.each(CLAIMS)('$claim has tests that are titled after it in $suite', ({ claim, suite }) => {
    expect(existsSync(join(root, suite))).toBe(true);
    expect(read(suite)).toContain(`claim ${claim}:`);
  });

  it.each(CLAIMS.flatMap(({ mutants }) => mutants))('$what: $file has that place, once', (mutant) => {
    expect(changed(read(mutant.file), mutant)).not.toBe(read(mutant.file));
  });

  it('say in a table what turns them red', () => {
    expect(claimTable().split('\n')).toHaveLength(2 + new Set(CLAIMS.map(({ claim }) => claim)).size);
  });
});
