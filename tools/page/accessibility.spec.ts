import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { violationsOn } from './harness/axe.ts';
import { launchChromium } from './harness/chromium.ts';
import { contextFor, LOOKS, WIDE } from './harness/looks.ts';
import { Preview } from './harness/preview.ts';
import { reach } from './harness/states.ts';

let preview: Preview;
let browser: Browser;

beforeAll(async () => {
  preview = await Preview.serve();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  preview.close();
});

describe.each(LOOKS)('the page as %j', (look, states) => {
  let context: BrowserContext;

  beforeAll(async () => {
    context = await contextFor(browser, look);
  });
  afterAll(() => context.close());

  it.each(states)('has no violation in the state "$name", and never scrolls sideways', async (state) => {
    const page = await context.newPage();
    await reach(page, preview.origin, state, look.width === WIDE);
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.close();
  });
});
