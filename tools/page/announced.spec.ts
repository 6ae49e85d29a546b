import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './harness/chromium.ts';
import { Preview } from './harness/preview.ts';
import type { PreviewWindow } from './harness/preview-window.ts';

let preview: Preview;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  preview = await Preview.serve();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  preview.close();
});
beforeEach(async () => {
  page = await browser.newPage({ locale: 'en' });
  await page.goto(`${preview.origin}/?scene=empty`);
  await page.getByTestId('enter-room').click();
  await page
    .getByTestId('announcer')
    .getByText('You opened')
    .or(page.getByTestId('system-line'))
    .first()
    .waitFor();
  await page.evaluate(listen);
});
afterEach(() => page.close());

/** Runs in the page: keeps every text that comes into any live region, as assistive technology hears of additions. */
function listen(): void {
  const heard: string[] = [];
  Object.assign(window, { heard });
  const regionOf = (node: Node): Element | null | undefined => {
    const element = node instanceof Element ? node : node.parentElement;
    const region = element?.closest('[aria-live], [role=log], [role=status], [role=alert], output');
    return region?.getAttribute('aria-live') === 'off' ? null : region;
  };
  new MutationObserver((records) => {
    const changed = new Set(
      records.flatMap(({ target, addedNodes, type }) =>
        type === 'characterData' ? [target] : [...addedNodes],
      ),
    );
    const within = (node: Node): boolean => {
      const { parentNode } = node;
      return parentNode !== null && (changed.has(parentNode) || within(parentNode));
    };
    for (const node of changed) {
      const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
      if (text !== '' && node.isConnected && !within(node) && regionOf(node)) heard.push(text);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

const heard = (): Promise<string[]> =>
  page.evaluate(() => [...(window as unknown as { heard: string[] }).heard]);

/** Waits until something with these words was heard. */
const hears = async (words: string): Promise<void> => {
  await page.waitForFunction(
    (text) => (window as unknown as { heard: string[] }).heard.some((line) => line.includes(text)),
    words,
  );
};

/** Ben writes: each text in a message of its own. */
const benWrites = (texts: readonly string[]): Promise<void> =>
  page.evaluate((all) => {
    const { preview: room, aMessage } = window as unknown as PreviewWindow;
    for (const text of all)
      room.emit({
        type: 'message',
        message: aMessage({ id: text, mid: '0002be', name: 'Ben', text, sentAt: Date.now() }),
      });
  }, texts);

describe('a screen reader', () => {
  it('hears each new message exactly once, though it is drawn anew with every tick, name and neighbour', async () => {
    await benWrites(['the first']);
    await hears('Ben: the first');
    await page.evaluate(() => {
      const { preview: room, aMessage } = window as unknown as PreviewWindow;
      const again = { id: 'the first', mid: '0002be', text: 'the first', sentAt: Date.now() };
      room.emit({ type: 'message', message: aMessage({ ...again, name: 'Benny', state: 'delivered' }) });
      room.emit({
        type: 'message',
        message: aMessage({ id: 'mine', own: true, text: 'my own', state: 'sending' }),
      });
      room.emit({
        type: 'message',
        message: aMessage({ id: 'mine', own: true, text: 'my own', state: 'sent' }),
      });
    });
    await benWrites(['the second']);
    await hears('the second');
    const all = await heard();
    expect(all.filter((text) => text.includes('the first'))).toEqual(['Ben: the first']);
    expect(all.filter((text) => text.includes('the second'))).toEqual(['Ben: the second']);
    expect(all.filter((text) => text.includes('my own'))).toEqual([]);
  });

  it('hears of a burst as one sentence with its size', async () => {
    await benWrites(Array.from({ length: 100 }, (_, at) => `part ${at}`));
    await hears('100 new messages: Ben');
    expect((await heard()).filter((text) => text.includes('part'))).toEqual([]);
  });

  it('finds the conversation as a silent log with a name, and one polite region that reads only what is added', async () => {
    await benWrites(['for the tree']);
    await hears('for the tree');
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const role = (name: string) => nodes.filter((node) => !node.ignored && node.role?.value === name);
    const property = (node: (typeof nodes)[number], name: string): unknown =>
      node.properties?.find((each) => each.name === name)?.value.value;
    const [log] = role('log');
    expect(log?.name?.value).toBe('Messages');
    expect(property(log!, 'live') ?? 'off').toBe('off');
    const said = nodes.filter((node) => !node.ignored && node.name?.value === 'Ben: for the tree');
    expect(said.length).toBeGreaterThan(0);
    const polite = nodes.filter(
      (node) => property(node, 'live') === 'polite' && property(node, 'atomic') !== true,
    );
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const ancestors = (node: (typeof nodes)[number] | undefined): typeof nodes =>
      node ? [node, ...ancestors(node.parentId === undefined ? undefined : byId.get(node.parentId))] : [];
    expect(ancestors(said[0]).some((node) => polite.includes(node))).toBe(true);
  });
});
