import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from './harness/chromium.ts';
import { tabTo } from './harness/keyboard.ts';
import { WIDE } from './harness/looks.ts';
import { Preview } from './harness/preview.ts';

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

describe('with the keyboard alone', () => {
  it('one makes a room, writes, copies a message, opens and closes the invitation, and leaves', async () => {
    const context = await browser.newContext({ viewport: { width: WIDE, height: 800 }, locale: 'en' });
    const page = await context.newPage();
    await page.goto(`${preview.origin}/?scene=busy`);
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

  it('one takes up the last message, answers, picks an emoji, finds a message and lists the keys', async () => {
    const context = await browser.newContext({ viewport: { width: WIDE, height: 800 }, locale: 'en' });
    const page = await context.newPage();
    const focused = (testId: string) => page.locator(`[data-testid=${testId}]:focus`).first().waitFor();
    await page.goto(`${preview.origin}/?scene=discussion`);
    await tabTo(page, 'enter-room');
    await page.keyboard.press('Enter');
    await page.getByTestId('reaction').first().waitFor();
    await page.locator('#composer:focus').waitFor();

    await page.keyboard.press('ArrowUp');
    await page.locator('[data-testid=composing][data-purpose=edit]').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('composing').waitFor({ state: 'detached' });

    await tabTo(page, 'message-actions', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await focused('menu-emoji');
    await page.keyboard.press('ArrowDown');
    await focused('menu-reply');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=composing][data-purpose=answer]').waitFor();
    await page.locator('#composer:focus').waitFor();

    await tabTo(page, 'open-emoji');
    await page.keyboard.press('Enter');
    await focused('emoji-search');
    await page.getByTestId('emoji-cell').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await focused('emoji-cell');
    await page.keyboard.press('Enter');
    await page.locator('#composer:focus').waitFor();
    expect(await page.getByTestId('composer').inputValue()).toMatch(/\p{Extended_Pictographic}/u);

    await page.keyboard.press('Control+k');
    await focused('find');
    await page.keyboard.type('caretaker');
    await page.keyboard.press('Enter');
    await page.locator('[data-message=d0]:focus').waitFor();
    await page.keyboard.press('?');
    await page.getByTestId('shortcuts').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('shortcuts').waitFor({ state: 'detached' });
    await context.close();
  });
});
