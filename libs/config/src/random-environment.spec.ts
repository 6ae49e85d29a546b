import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { configRows } from './config-rows.ts';
import { readConfig } from './read-config.ts';

/** RELIABILITY §8, layer L9: whatever stands in the environment, the answer is a configuration or readable lines. */

const names = configRows().map(({ name }) => name);
const files = ['BYTECHAT_SECRET_KEY_FILE', 'BYTECHAT_REDIS_URL_FILE'];

const aName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names) },
  { weight: 1, arbitrary: fc.constantFrom(...files) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }).map((rest) => `BYTECHAT_${rest}`) },
  { weight: 1, arbitrary: fc.constantFrom('PATH', '__proto__', 'constructor', 'BYTECHAT_', 'bytechat_port') },
);
/** Marked, so that a line which repeats any of it can't do so by chance. */
const aSecret = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 200 }).map((text) => `canary${text}`);
const almostRight = fc.constantFrom(
  ...['8080 ', '0x10', '1e3', '-0', '٣', '99999999999999999999', '08', '', ' ', '\n', 'info\n'],
  ...[
    'redis://canary:canary@',
    'redis+sentinel://canary',
    'redis+cluster://',
    'rediss://[canary',
    'redis://,',
  ],
  ...['https://canary.example/', 'https://a,https://canary', '10.0.0.0/33', '::/canary', 'a'.repeat(100_000)],
);
const environments = fc.array(fc.tuple(aName, fc.oneof(aSecret, almostRight)), { maxLength: 12 });

const said = (pairs: [string, string][]): string[] => {
  const reading = readConfig(Object.fromEntries(pairs));
  return reading.ok ? reading.warnings : reading.problems;
};

describe('a random environment', () => {
  test('is read, or is one line for each variable that is wrong, which names it', () => {
    fc.assert(
      fc.property(environments, (pairs) => {
        const reading = readConfig(Object.fromEntries(pairs));
        if (reading.ok) return;
        const blamed = reading.problems.map((line) => line.split(' ')[0]!);
        expect(new Set(blamed).size).toBe(blamed.length);
        for (const name of blamed) expect([...names, ...files]).toContain(name);
        for (const line of reading.problems) expect(line).toMatch(/^BYTECHAT_\w+ [a-z].{5,200}$/);
      }),
      { verbose: true, numRuns: 500 },
    );
  });

  test('is never repeated: no line holds a value, nor anything that moves a terminal', () => {
    fc.assert(
      fc.property(environments, (pairs) => {
        for (const line of said(pairs)) {
          expect(line.replace(/^\S+/, '')).not.toContain('canary');
          expect(line).toMatch(/^[\x20-\x7e…]*$/);
        }
      }),
      { verbose: true, numRuns: 500 },
    );
  });
});
