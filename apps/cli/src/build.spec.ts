import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildInto } from './testing/bytechat.ts';

const manifest = join(import.meta.dirname, '..', 'package.json');

test('The bundle is one program that runs where nothing is installed, and knows its version', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bytechat-bundle-'));
  const program = buildInto(folder);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const options = { cwd: folder, env: { PATH: '' }, encoding: 'utf8' } as const;
  expect(execFileSync(process.execPath, [program, '--version'], options)).toBe(`${version}\n`);
  expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(statSync(program).mode & 0o111).not.toBe(0);
  rmSync(folder, { recursive: true });
}, 60_000);
