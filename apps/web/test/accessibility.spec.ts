import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { DETAIL_STATES, FEW_STATES, reach, STATES, type State } from './states.ts';

/** How a person looks at the page. */
interface Look {
  language: string;
  colorScheme: 'light' | 'dark';
  width: number;
}

const WIDE = 1_280;
const NARROW = 360;
const ALL_STATES = [...STATES, ...DETAIL_STATES];
const LOOKS: readonly [Look, readonly State[]][] = [
  [{ language: 'en', colorScheme: 'light', width: WIDE }, ALL_STATES],
  [{ language: 'en', colorScheme: 'dark', width: NARROW }, ALL_STATES],
  [{ language: 'ar', colorScheme: 'dark', width: WIDE }, ALL_STATES],
  ...['de', 'fr', 'es', 'ja', 'ar'].map((language): [Look, readonly State[]] => [
    { language, colorScheme: 'light', width: NARROW },
    FEW_STATES,
  ]),
];

const ROOT = join(import.meta.dirname, '../../../dist/web-preview');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

let server: Server;
let browser: Browser;
let axeSource: string;

beforeAll(async () => {
  axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  server = await servePreview();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(async () => {
  await browser.close();
  server.close();
});

describe.each(LOOKS)('the page as %j', (look, states) => {
  let context: BrowserContext;

  beforeAll(async () => {
    context = await browser.newContext({
      viewport: { width: look.width, height: 800 },
      colorScheme: look.colorScheme,
      locale: look.language,
      reducedMotion: 'reduce',
    });
  });
  afterAll(() => context.close());

  it.each(states)('has no violation in the state "$name", and never scrolls sideways', async (state) => {
    const page = await context.newPage();
    await reach(page, originOf(server), state, look.width === WIDE);
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.close();
  });
});

describe('with the keyboard alone', () => {
  it('one makes a room, writes, copies a message, opens and closes the invitation, and leaves', async () => {
    const context = await browser.newContext({ viewport: { width: WIDE, height: 800 }, locale: 'en' });
    const page = await context.newPage();
    await page.goto(`${originOf(server)}/?scene=busy`);
    await tabTo(page, 'enter-room');
    await page.keyboard.press('Enter');
    await page.getByTestId('composer').waitFor();
    await page.locator('#composer:focus').waitFor();

    await page.keyboard.type('without a mouse');
    await page.keyboard.press('Enter');
    await page.getByTestId('message').filter({ hasText: 'without a mouse' }).waitFor();
    await page.locator('#composer:focus').waitFor();

    await tabTo(page, 'message-actions', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-testid=message-actions]:focus').waitFor();

    await tabTo(page, 'open-invite', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByTestId('invite-expiry').waitFor();
    expect(
      await page.evaluate(() => document.querySelector('dialog')?.contains(document.activeElement)),
    ).toBe(true);
    await page.keyboard.press('Escape');
    await page.locator('[data-testid=open-invite]:focus').waitFor();

    await tabTo(page, 'leave');
    await page.keyboard.press('Enter');
    await tabTo(page, 'confirm-leave');
    await page.keyboard.press('Enter');
    await page.getByTestId('enter-room').waitFor();
    await context.close();
  });
});

/** Presses Tab until the focus is on an element; gives up after more presses than the page has stops. */
async function tabTo(page: Page, testId: string, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 80; press += 1) {
    const reached = await page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    if (reached === testId) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never led to "${testId}".`);
}

/** What axe finds, each rule with the elements that break it. */
async function violationsOn(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axeSource });
  const { violations } = await page.evaluate((rules) => {
    const { axe } = window as unknown as { axe: { run(rules: RunOptions): Promise<AxeResults> } };
    return axe.run(rules);
  }, RULES);
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  );
}

function originOf(listening: Server): string {
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

/** Serves the built preview; every address without an ending is the page. */
async function servePreview(): Promise<Server> {
  const listening = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://preview');
    const file = extname(pathname) === '' ? '/index.html' : pathname;
    readFile(join(ROOT, file)).then(
      (body) => response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain').end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((ready) => listening.listen(0, '127.0.0.1', ready));
  return listening;
}
