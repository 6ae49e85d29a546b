import { describe, expect, it } from '@jest/globals';
import { webRoot } from '../bootstrap/build.mjs';
import { INITIAL_JS_LIMIT_BYTES } from './bars.ts';
import { initialBrotliBytes, initialScripts } from './bundle.ts';

describe('the first visit', () => {
  it('loads scripts of no more than 180 kB, in Brotli', () => {
    expect(initialBrotliBytes(webRoot)).toBeLessThanOrEqual(INITIAL_JS_LIMIT_BYTES);
  });

  it('runs the page and no worker, parser or list of emoji', () => {
    const scripts = initialScripts(webRoot);
    expect(scripts.some((name) => name.startsWith('main-'))).toBe(true);
    expect(scripts.filter((name) => /worker|emoji/.test(name))).toEqual([]);
  });
});
