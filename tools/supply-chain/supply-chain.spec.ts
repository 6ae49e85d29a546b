import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { COMPATIBLE, FOR_TOOLS_ONLY, isAllowed, licenceList } from './licences.ts';
import { lockedPackages, root } from './lock.ts';
import { isRefused, REFUSALS, type Refusal } from './refused-versions.ts';

const locked = lockedPackages();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const named = ({ name, version }: { name: string; version: string }): string => `${name} ${version}`;

describe('The lock', () => {
  test('holds every package of others to its hash', () => {
    expect(locked.length).toBeGreaterThan(500);
    const loose = locked.filter(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
    expect(loose.map(named)).toEqual([]);
  });

  test('names no host: what is installed comes from the registry that npm is set to', () => {
    expect(locked.filter(({ resolved }) => resolved !== undefined).map(named)).toEqual([]);
    expect(read('package-lock.json')).not.toMatch(/https?:\/\/(?!.*"(url|funding)")[^"]*\.tgz|git\+|github:/);
    expect(read('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
  });

  test('is one that lockfile-lint has nothing to say about', () => {
    const linter = join(root, 'node_modules/lockfile-lint/bin/lockfile-lint.js');
    const rules = [
      '--validate-https',
      '--validate-integrity',
      '--validate-package-names',
      '--allowed-hosts',
      'npm',
    ];
    const args = [linter, '--path', 'package-lock.json', '--type', 'npm', ...rules];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect(stdout).toContain('No issues detected');
    expect(status).toBe(0);
  });

  test('brings no script that nobody has decided about', () => {
    const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
    const names = new Set(locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
    expect([...names].filter((name) => !(name in allowScripts))).toEqual([]);
  });
});

describe('Versions with known holes', () => {
  test.each(REFUSALS.map((refusal) => [refusal.name, refusal] as const))(
    'of %s are not installed',
    (name, refusal) => {
      const found = locked.filter((each) => each.name === name && isRefused(refusal, each.version));
      expect(found.map(named)).toEqual([]);
    },
  );

  test('are looked for in what is there: the packages that face the network among them', () => {
    const present = REFUSALS.filter(({ name }) => locked.some((each) => each.name === name));
    expect(present.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['socket.io-parser', 'ws', 'engine.io']),
    );
    expect(present.length).toBeGreaterThan(30);
  });

  test.each([
    ['7.5.9', true],
    ['7.5.10', false],
    ['8.20.9', true],
    ['8.21.0', false],
    ['8.21.0-rc.1', true],
    ['8.100.0', false],
    ['9.0.0', false],
    ['6.99.0', true],
  ])('are told by numbers: 7.5.10 or 8.21.0 and newer will do, %s is refused: %s', (version, refused) => {
    const ws: Refusal = { name: 'ws', from: ['7.5.10', '8.21.0'], because: '' };
    expect(isRefused(ws, version)).toBe(refused);
  });
});

describe('Licences', () => {
  test('of what is shipped let it be part of a work under AGPL-3.0', () => {
    const shipped = locked.filter(({ isShipped }) => isShipped);
    expect(shipped.length).toBeGreaterThan(100);
    const others = shipped.filter(({ licence }) => !isAllowed(licence ?? 'none', COMPATIBLE));
    expect(others.map((each) => `${named(each)}: ${each.licence ?? 'none'}`)).toEqual([]);
  });

  test('of what builds and tests are known', () => {
    const known = new Set([...COMPATIBLE, ...FOR_TOOLS_ONLY]);
    const others = locked.filter(({ licence }) => licence !== undefined && !isAllowed(licence, known));
    expect(others.map((each) => `${named(each)}: ${each.licence!}`)).toEqual([]);
  });

  test.each([
    ['MIT', true],
    ['GPL-2.0-only', false],
    ['(MIT OR GPL-2.0-only)', true],
    ['(Apache-2.0 AND BSD-3-Clause)', true],
    ['MIT AND SSPL-1.0', false],
    ['UNLICENSED', false],
  ])('%s: allowed is %s', (expression, allowed) => {
    expect(isAllowed(expression, COMPATIBLE)).toBe(allowed);
  });

  test('are listed for a release, one shipped package a line', () => {
    const list = licenceList(locked);
    expect(list).toMatch(/^MIT\tsocket\.io\t4\.8\.4$/m);
    expect(list).not.toMatch(/\tjest\t/);
    expect(list).not.toContain('?');
  });
});

test('Packages are installed without running their scripts, wherever that is', () => {
  const files = globSync(['deploy/**/Dockerfile', 'tools/**/*.mjs', '.ci/run'], {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  });
  const installs = files.flatMap((file) =>
    read(file)
      .split('\n')
      .filter(
        (line) => /npm (ci|install)\b(?! failed|`)|\(\['ci'/.test(line) && !/^\s*\*?\/?\//.test(line.trim()),
      )
      .map((line) => line.trim()),
  );
  expect(installs.length).toBeGreaterThan(1);
  expect(installs.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
});
