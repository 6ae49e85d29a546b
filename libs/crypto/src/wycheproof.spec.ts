import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { WYCHEPROOF } from './test-support/wycheproof.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const folder = process.env['WYCHEPROOF_DIR'] ?? join(repository, '..', 'shared', 'wycheproof');
const present = existsSync(folder);

describe('the published cases of C2SP/wycheproof', () => {
  it('are at hand, or it is said how to get them', () => {
    const advice =
      'Wycheproof is skipped: clone https://github.com/C2SP/wycheproof and set WYCHEPROOF_DIR to its folder testvectors_v1.';
    if (present) return;
    if (process.env['CI'] === 'true') throw new Error(advice);
    process.stderr.write(`${advice}\n`);
  });

  (present ? it : it.skip).each(WYCHEPROOF)(
    'claim 18: $file: all $count cases of our parameters come out as published',
    async ({ file, count, run }) => {
      const data: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      expect(await run(data)).toEqual({ count, differing: [] });
    },
  );
});
