import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Outcome } from './browser/small-jest.ts';
import { bundledWorker } from './bundle.ts';
import { openChromium } from './chromium.ts';
import type { Engine } from './engine.ts';
import { hasFirefox, openFirefox } from './firefox.ts';
import { servePage, wycheproofFolder } from './served-page.ts';

type Wycheproof = Record<string, { expected: unknown; outcome: unknown }>;

/** WebKit is missing: no browser of Debian's packages with its WebCrypto can be driven here. */
const engines: readonly [string, (url: string) => Promise<Engine>][] = [
  ['Chromium', openChromium],
  ...(hasFirefox ? [['Firefox', openFirefox] as [string, typeof openFirefox]] : []),
];
const cases = existsSync(wycheproofFolder);

let page: Awaited<ReturnType<typeof servePage>>;
beforeAll(async () => (page = await servePage(await bundledWorker())));
afterAll(() => page.close());

describe.each(engines)('claim 32: in a worker of %s', (_name, open) => {
  let engine: Engine;
  beforeAll(async () => (engine = await open(page.url)));
  afterAll(() => engine.close());

  it('our vectors and recorded rooms come out as in Node', async () => {
    const { passed, failures } = await engine.run<Outcome>('vectors');
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(20);
  });

  (cases ? it : it.skip)('the published cases come out as published', async () => {
    const outcomes = await engine.run<Wycheproof>('wycheproof');
    expect(Object.keys(outcomes)).toHaveLength(7);
    for (const { expected, outcome } of Object.values(outcomes)) expect(outcome).toEqual(expected);
  });
});

describe('the published cases for browsers', () => {
  it('are at hand wherever CI runs', () => {
    expect(cases || process.env['CI'] !== 'true').toBe(true);
  });
});
