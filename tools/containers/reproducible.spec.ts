import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildIn } from './harness/bundle.ts';

describe('The bundle of the gateway', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bytechat-bundle-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('has the same bytes when it is built twice, wherever that is', async () => {
    const places = [join(folder, 'here'), join(folder, 'a/longer/path/elsewhere')];
    for (const place of places) mkdirSync(place, { recursive: true });
    const [once, again] = [await buildIn(places[0]!), await buildIn(places[1]!)];
    expect(Object.keys(once)).toEqual(expect.arrayContaining(['main.mjs', 'lua/append.lua']));
    expect(again).toEqual(once);
  });
});
