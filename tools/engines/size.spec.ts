import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { bundled } from './bundle.ts';

const entry = fileURLToPath(new URL('../../libs/crypto/src/index.ts', import.meta.url));
const MAX_GZIP_BYTES = 21_000;

describe('libs/crypto, bundled and minified as the page’s worker is', () => {
  it('stays within what ADR 0023 allows, without the word list that is fetched when somebody compares', async () => {
    const code = await bundled(entry, { minify: true, split: true });
    expect(code).not.toContain('abandon ability');
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(MAX_GZIP_BYTES);
  });

  it('touches nothing of Node, and no pool of keys is in it', async () => {
    const code = await bundled(entry, { minify: false, split: true });
    expect(code).not.toMatch(/from ["']node:|require\(/);
    expect(code).not.toMatch(/keyPool|captureKeys|PooledKeySource/);
  });
});
