import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { findLeaks } from '../e2e/harness/canary.ts';
import { holdsOfARoom, notAsShown, operatorView, SECRETS } from './harness/operator-view.ts';
import { root } from './harness/rules-file.ts';
import type { Stored } from './harness/stored.ts';

describe('What Redis holds of a conversation', () => {
  let stored: Stored[];
  let bytes: Buffer;

  beforeAll(async () => {
    stored = await holdsOfARoom();
    bytes = Buffer.concat(stored.flatMap(({ key, parts }) => [Buffer.from(`\n${key}\n`), ...parts]));
  });

  test('is shown by a page that is fresh (node tools/monitoring/write-operator-view.ts)', () => {
    const page = readFileSync(join(root, 'docs/OPERATOR-VIEW.md'), 'utf8');
    expect(withoutPadding(page).startsWith(withoutPadding(operatorView()))).toBe(true);
  });

  test('finds no key that is not listed here, and none that lives longer', () => {
    expect(stored.length).toBeGreaterThan(15);
    expect(notAsShown(stored)).toEqual([]);
  });

  test.each(Object.entries(SECRETS))('has nothing of %s, in whatever form', (_what, secret) => {
    expect(findLeaks(bytes, secret)).toEqual([]);
  });

  test('is looked through in every byte: what operators do see is found', () => {
    expect(bytes.includes('bc:{')).toBe(true);
    expect(findLeaks(bytes, '"suite":2')).toContain('raw');
  });
});

/** A table's columns are as wide as Prettier makes them. */
const withoutPadding = (page: string): string => page.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---');
