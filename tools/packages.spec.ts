import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

interface Manifest {
  license: string;
  private: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const root = join(import.meta.dirname, '..');
const manifests = [
  'package.json',
  ...globSync(['{apps,libs}/*/package.json', 'tools/package.json'], { cwd: root }),
];
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;

test('every workspace is looked at', () => {
  expect(manifests).toEqual(
    expect.arrayContaining(['apps/gateway/package.json', 'libs/crypto/package.json', 'tools/package.json']),
  );
});

describe.each(manifests)('%s', (path) => {
  const manifest = read(path);

  test('bears the licence of the repository', () => {
    expect(manifest.license).toBe('AGPL-3.0-only');
  });

  test('is published to no registry', () => {
    expect(manifest.private).toBe(true);
  });

  test('pins every dependency to one exact version', () => {
    const ranges = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    };
    const loose = Object.entries(ranges).filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range));
    expect(loose).toEqual([]);
  });
});

test('LICENSE holds the whole text of the licence that the manifests name', () => {
  const text = readFileSync(join(root, 'LICENSE'), 'utf8');
  expect(text).toMatch(/GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3, 19 November 2007/);
  expect(text).toContain('END OF TERMS AND CONDITIONS');
});

test('what may run a script at installation is decided by name, and nothing may', () => {
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    allowScripts: Record<string, boolean>;
  };
  expect(Object.values(allowScripts)).not.toContain(true);
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toContain('strict-allow-scripts=true');
});

test('CONTRIBUTING names a file for each of the five security guidelines, and every file it names exists', () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| \d +\|/.test(line));
  expect(rows).toHaveLength(5);
  for (const row of rows) {
    const files = [...row.matchAll(/`([\w./-]+\.(?:ts|mjs|json))`/g)].map((match) => match[1]!);
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  }
});
