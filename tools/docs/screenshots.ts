import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from '../e2e/harness/browser.ts';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';
import { root } from './markdown.ts';

/** Takes the pictures of the README from the built product: `npm run build`, then `node tools/docs/screenshots.ts`. */
const folder = join(root, 'docs/images');
const wide = { width: 1280, height: 760 };
const narrow = { width: 360, height: 740 };
const password = 'four calm words here';

mkdirSync(folder, { recursive: true });
const gateway = await GatewayProcess.start();
const [ada, ben] = await Promise.all([openBrowser(), openBrowser()]);
try {
  const [left, right] = [await firstPage(ada), await firstPage(ben)];
  await left.goto(gateway.origin);
  await picture(left, 'landing');
  await create(left);
  await joinBy(right, left.url());
  await Promise.all([knows(left, 'Ben'), knows(right, 'Ada')]);
  await talk(left, right);
  await picture(right, 'room');
} catch (error) {
  console.error(gateway.output);
  throw error;
} finally {
  await Promise.all([ada.close(), ben.close()]);
  await gateway.stop();
}

async function create(page: Page): Promise<void> {
  await page.getByTestId('name').fill('Ada');
  await page.getByTestId('password').fill(password);
  await page.getByTestId('enter-room').click();
  await canWrite(page);
}

async function joinBy(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByTestId('name').fill('Ben');
  await page.getByTestId('password').fill(password);
  await page.getByTestId('enter-room').click();
  await canWrite(page);
}

async function talk(left: Page, right: Page): Promise<void> {
  const lines: [Page, string][] = [
    [left, 'Hello Ben. You got the link by mail, and the password by phone?'],
    [right, 'Yes, both. Is this really gone in an hour?'],
    [left, 'From the server and from our screens. Not from a photo of them.'],
    [right, 'Good to know. Here is the draft:\nwe meet on Thursday at nine.'],
  ];
  for (const [page, text] of lines) {
    await page.getByTestId('composer').fill(text);
    await page.getByTestId('composer').press('Enter');
    const other = page === left ? right : left;
    await other
      .getByTestId('message')
      .filter({ hasText: text.split('\n')[0]! })
      .waitFor();
  }
  await right.locator('[data-testid="message"][data-state="sending"]').waitFor({ state: 'detached' });
}

async function canWrite(page: Page): Promise<void> {
  await page.locator('[data-testid="send"][data-ready="true"]').waitFor({ timeout: 60_000 });
}

/** The name a member has chosen has arrived. */
async function knows(page: Page, name: string): Promise<void> {
  await page.getByTestId('member').filter({ hasText: name }).waitFor({ timeout: 30_000 });
}

async function firstPage({ context }: Awaited<ReturnType<typeof openBrowser>>): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}

/** Wide and narrow, light and dark. */
async function picture(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [suffix, size] of [
      ['', wide],
      ['-narrow', narrow],
    ] as const) {
      await page.setViewportSize(size);
      await page.screenshot({ animations: 'disabled', path: join(folder, `${name}-${scheme}${suffix}.png`) });
    }
  }
  await page.setViewportSize(wide);
}
