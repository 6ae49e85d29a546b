import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';
import { Person } from '../e2e/harness/person.ts';
import { tabTo } from './harness/keyboard.ts';

let gateway: GatewayProcess;
let ada: Person;
let ben: Person;

beforeAll(async () => {
  gateway = await GatewayProcess.start();
  [ada, ben] = await Promise.all([Person.arrives(), Person.arrives()]);
});
afterAll(async () => {
  await Promise.all([ada.goesHome(), ben.goesHome()]);
  await gateway.stop();
});

/** Moves to a control with the Tab key and presses Enter. */
async function goes(page: Page, testId: string, key?: string): Promise<void> {
  await tabTo(page, testId, key);
  await page.keyboard.press('Enter');
}

async function types(page: Page, text: string): Promise<void> {
  await page.locator('#composer:focus').waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

describe('two people without a mouse, from the first page to the last', () => {
  it('make a room, hand the invitation on, come in, write, answer and leave', async () => {
    await ada.opens(gateway.origin);
    await tabTo(ada.page, 'name');
    await ada.page.keyboard.type('Ada');
    await goes(ada.page, 'enter-room');
    await ada.canWrite();
    await goes(ada.page, 'open-invite', 'Shift+Tab');
    await ada.page.getByTestId('invite-expiry').waitFor();
    await ada.page.keyboard.press('Escape');
    await ada.page.locator('[data-testid=open-invite]:focus').waitFor();

    await ben.opens(ada.link());
    await tabTo(ben.page, 'name');
    await ben.page.keyboard.type('Ben');
    await goes(ben.page, 'enter-room');
    await ben.canWrite();
    await ada.seesMembers(2);
    await tabTo(ada.page, 'composer');
    await types(ada.page, 'Are you there?');
    await ben.sees('Are you there?');

    await goes(ben.page, 'message-actions', 'Shift+Tab');
    await ben.page.locator('[role=menu] :focus').waitFor();
    await goes(ben.page, 'menu-reply', 'ArrowDown');
    await types(ben.page, 'I am.');
    await ada.sees('I am.');
    expect(await ada.page.getByTestId('quote').innerText()).toContain('Are you there?');

    for (const { page } of [ben, ada]) {
      await goes(page, 'leave');
      await goes(page, 'confirm-leave');
      await page.getByTestId('enter-room').waitFor();
    }
    expect([...ada.complaints, ...ben.complaints]).toEqual([]);
  });
});
