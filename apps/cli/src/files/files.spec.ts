import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileToSend } from './read-file.ts';
import { requireFolder, saveFile } from './save-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bytechat-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = new Uint8Array([1, 2, 3]);

describe('A file that is saved', () => {
  test('is for this user only, and never written over another one', async () => {
    const paths = [];
    for (let i = 0; i < 3; i++) paths.push(await saveFile(folder, 'plan.tar.gz', bytes));
    expect(readdirSync(folder).sort()).toEqual(['plan.tar (2).gz', 'plan.tar (3).gz', 'plan.tar.gz']);
    expect(statSync(paths[0]!).mode & 0o777).toBe(0o600);
    expect(new Uint8Array(readFileSync(paths[2]!))).toEqual(bytes);
  });

  test('stays in its folder, whatever its name', async () => {
    const path = await saveFile(folder, '../../outside.txt', bytes);
    expect(path).toBe(join(folder, 'outside.txt'));
  });

  test('doesn’t follow a link that lies there', async () => {
    const target = join(folder, 'target');
    symlinkSync(target, join(folder, 'plan.pdf'));
    expect(await saveFile(folder, 'plan.pdf', bytes)).toBe(join(folder, 'plan (2).pdf'));
    expect(readdirSync(folder)).not.toContain('target');
  });

  test('needs a folder that is there', async () => {
    await requireFolder(folder);
    await expect(requireFolder(join(folder, 'nowhere'))).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('A file that is sent', () => {
  test('goes under its own name, with a type by its extension', async () => {
    const path = join(folder, 'Photo.JPG');
    writeFileSync(path, bytes);
    expect(await readFileToSend(path)).toEqual({ data: bytes, name: 'Photo.JPG', mediaType: 'image/jpeg' });
    const other = join(folder, 'thing.xyz');
    writeFileSync(other, bytes);
    expect((await readFileToSend(other)).mediaType).toBe('application/octet-stream');
  });

  test('has to be there, and to be a file', async () => {
    mkdirSync(join(folder, 'inner'));
    for (const path of [join(folder, 'nowhere'), join(folder, 'inner')])
      await expect(readFileToSend(path)).rejects.toMatchObject({ exitCode: 2 });
  });
});
