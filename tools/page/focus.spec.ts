import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RoomEvent } from '@bytechat/client';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './harness/chromium.ts';
import { WIDE } from './harness/looks.ts';
import { Preview } from './harness/preview.ts';
import type { PreviewWindow } from './harness/preview-window.ts';

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

/** In the room of a scene, with these settings of the system. */
async function enter(scene: string, forcedColors: 'active' | 'none' = 'none'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: WIDE, height: 800 }, locale: 'en', forcedColors });
  await page.goto(`${preview.origin}/?scene=${scene}`);
  await page.getByTestId('enter-room').click();
  await page.getByTestId('composer').waitFor();
  return page;
}

const happens = (page: Page, event: RoomEvent): Promise<void> =>
  page.evaluate((each) => (window as unknown as PreviewWindow).preview.emit(each), event);

/** The element with the focus, once it is one: the page's body has it only in passing. */
async function focusOf(page: Page): Promise<string> {
  const held = await page.waitForFunction(() => {
    const { activeElement } = document;
    return activeElement && activeElement !== document.body && (activeElement.id || activeElement.tagName);
  });
  return String(await held.jsonValue());
}

const presses = (page: Page, testId: string): Promise<void> =>
  page
    .getByTestId(testId)
    .first()
    .focus()
    .then(() => page.keyboard.press('Enter'));

describe('the focus', () => {
  it.each([
    ['leave', 'leave'],
    ['open-invite', 'open-invite'],
    ['open-safety', 'open-safety'],
    ['kick', 'kick'],
  ])('goes into the dialog of "%s", stays in it, and comes back', async (_, opener) => {
    const page = await enter('busy');
    await presses(page, opener);
    await page.locator('dialog[open] :focus, dialog[open]:focus').waitFor();
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => {
        const { activeElement } = document;
        return (
          activeElement === document.body ||
          (document.querySelector('dialog')?.contains(activeElement) ?? false)
        );
      });
      expect(inside).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.locator(`[data-testid=${opener}]:focus`).waitFor();
    await page.close();
  });

  it('is in the field again after a connection was tried anew and is back', async () => {
    const page = await enter('lost');
    await presses(page, 'try-now');
    await happens(page, { type: 'connection', connection: { state: 'online' } });
    expect(await focusOf(page)).toBe('composer');
    await page.close();
  });

  it('stays in the field through a loss of the connection', async () => {
    const page = await enter('busy');
    await page.locator('#composer').focus();
    await happens(page, { type: 'connection', connection: { state: 'recovering' } });
    await happens(page, { type: 'connection', connection: { state: 'online' } });
    expect(await focusOf(page)).toBe('composer');
    await page.close();
  });

  it.each([
    ['soon', 'alarm-read'],
    ['soon', 'stay'],
    ['busy', 'discard'],
  ])('is in the field when what was answered in "%s" by "%s" is gone', async (scene, answer) => {
    const page = await enter(scene);
    await presses(page, answer);
    await page.getByTestId(answer).first().waitFor({ state: 'detached' });
    expect(await focusOf(page)).toBe('composer');
    await page.close();
  });

  it('is on the heading that says why, when one is put out of the room', async () => {
    const page = await enter('busy');
    await page.locator('#composer').focus();
    await happens(page, { type: 'connection', connection: { state: 'closed', code: 'KICKED' } });
    await page.getByTestId('closed').waitFor();
    expect(await focusOf(page)).toBe('H1');
    await page.close();
  });

  it('is somewhere on the first page after leaving', async () => {
    const page = await enter('busy');
    await presses(page, 'leave');
    await presses(page, 'confirm-leave');
    await page.getByTestId('enter-room').waitFor();
    expect(await focusOf(page)).toBe('H1');
    await page.close();
  });

  it.each(['none', 'active'] as const)(
    'can be seen at every stop, with forced colours: %s',
    async (forced) => {
      const page = await enter('busy', forced);
      await page.locator('.skip-link').focus();
      const unseen = new Set<string>();
      for (let stop = 0; stop < 40; stop += 1) {
        await page.keyboard.press('Tab');
        const name = await page.evaluate(() => {
          const { activeElement } = document;
          if (!activeElement || activeElement === document.body) return undefined;
          const ringed = [activeElement, activeElement.closest('.composer-form')].some((element) => {
            if (!element) return false;
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
            return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
          });
          return ringed ? undefined : activeElement.outerHTML.slice(0, 120);
        });
        if (name !== undefined) unseen.add(name);
      }
      expect([...unseen]).toEqual([]);
      await page.close();
    },
  );
});
