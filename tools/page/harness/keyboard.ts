import type { Page } from 'playwright-core';

/** More presses than any page has stops. */
const MAX_PRESSES = 120;

/** Presses Tab until the focus is on an element. @throws when it never is */
export async function tabTo(page: Page, testId: string, key = 'Tab'): Promise<void> {
  for (let press = 0; press < MAX_PRESSES; press += 1) {
    if ((await focused(page)) === testId) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never led to "${testId}".`);
}

/** The test id of the element that has the focus. */
export function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
}
