import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from './harness/chromium.ts';
import { cutOff, landmarksOf, notMirrored, overlaps, smallTargets, type Box } from './harness/layout.ts';
import { NARROW, WIDE } from './harness/looks.ts';
import { Preview } from './harness/preview.ts';
import { DETAIL_STATES, PICTURED_STATES, reach, type State } from './harness/states.ts';

/** Kept by nobody but whoever looks at them: fonts differ from machine to machine (docs/adr/0022). */
const PICTURES = join(import.meta.dirname, '../../dist/pictures');
const SCHEMES = ['light', 'dark'] as const;
const LANGUAGES = ['en', 'ar'] as const;

let preview: Preview;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  preview = await Preview.serve();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  preview.close();
});

/** Photographs a state light and dark, and gives where its landmarks stand. */
async function look(state: State, width: number, language: string): Promise<Box[]> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await reach(page, preview.origin, state, width === WIDE);
  expect(await cutOff(page)).toEqual([]);
  const boxes = await landmarksOf(page);
  expect(overlaps(boxes)).toEqual([]);
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme });
    const name = [state.name.replaceAll(' ', '-'), language, width, scheme].join('.');
    await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
  }
  await context.close();
  return boxes;
}

describe.each([WIDE, NARROW])('%i px wide', (width) => {
  it.each(PICTURED_STATES)(
    'the state "$name" has its parts beside each other, whole, and mirrored in Arabic',
    async (state) => {
      const [boxes = [], mirrored = []] = await Promise.all(
        LANGUAGES.map((each) => look(state, width, each)),
      );
      expect(boxes.length).toBeGreaterThan(0);
      expect(notMirrored(boxes, mirrored, width)).toEqual([]);
    },
  );
});

describe('on small screens', () => {
  it.each([
    ['320 px', 320, 640],
    ['a desk at 400 %', 320, 256],
  ])('nothing is cut off at %s, in any state', async (_, width, height) => {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'de' });
    const page = await context.newPage();
    for (const state of [...PICTURED_STATES, ...DETAIL_STATES]) {
      await reach(page, preview.origin, state, false);
      expect([state.name, await cutOff(page)]).toEqual([state.name, []]);
    }
    await context.close();
  });

  it('every control is at least 44 px in each direction', async () => {
    const context = await browser.newContext({
      viewport: { width: NARROW, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    const page = await context.newPage();
    for (const state of [...PICTURED_STATES, ...DETAIL_STATES]) {
      await reach(page, preview.origin, state, false);
      expect([state.name, await smallTargets(page)]).toEqual([state.name, []]);
    }
    await context.close();
  });
});

describe('preferences of the system', () => {
  it('less motion: nothing moves for longer than a blink, in any state', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (const state of PICTURED_STATES) {
      await reach(page, preview.origin, state, true);
      const moving = await page.evaluate(() =>
        document
          .getAnimations()
          .map((animation) => Number(animation.effect?.getComputedTiming().endTime ?? 0)),
      );
      expect(Math.max(0, ...moving)).toBeLessThanOrEqual(10);
    }
    await context.close();
  });
});
