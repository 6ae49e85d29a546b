import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';
import { launchChromium } from './harness/chromium.ts';
import { PREVIEW_ROOT } from './harness/preview.ts';
import { HOSTILE_TEXTS, PAYLOAD_CLASSES, payloadsOf } from './hostile/corpus.ts';
import { WatchedPage } from './hostile/watched-page.ts';

/** Three messages of each fit into the 512 that a room shows. */
const BATCH = 160;
const UNHARMED = { executions: [], requests: [], reports: [], surprises: [] };
/** What a message is ever drawn with. */
const KNOWN_ELEMENTS = new Set(
  'APP-RICH-TEXT P SPAN STRONG EM CODE PRE BLOCKQUOTE UL OL LI A BDI'.split(' '),
);

let gateway: GatewayProcess;
let browser: Browser;

beforeAll(async () => {
  gateway = await GatewayProcess.start({ BYTECHAT_WEB_ROOT: PREVIEW_ROOT });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

const batches = Array.from({ length: Math.ceil(HOSTILE_TEXTS.length / BATCH) }, (_, at) =>
  HOSTILE_TEXTS.slice(at * BATCH, (at + 1) * BATCH),
);

it('the corpus has at least 150 texts of our own, each class with its source, and the naughty strings', () => {
  const own = PAYLOAD_CLASSES.flatMap(({ payloads }) => payloads);
  expect(new Set(own).size).toBeGreaterThanOrEqual(150);
  expect(PAYLOAD_CLASSES.every(({ source }) => source !== '')).toBe(true);
  expect(HOSTILE_TEXTS.length).toBeGreaterThan(own.length + 400);
});

describe.each([
  ['on', true],
  ['off', false],
] as const)('S12, S20: with the policy %s', (_, policy) => {
  it('no text, name, link or code of the corpus runs, loads, opens or reports anything', async () => {
    for (const texts of batches) {
      const watched = await WatchedPage.open(browser, gateway.origin, { policy });
      await watched.hears(texts);
      expect(watched.damage()).toEqual(UNHARMED);
      expect(await strangeElements(watched)).toEqual([]);
      await watched.close();
    }
  });

  it('what would harm does harm without the page’s care, so that its absence says something', async () => {
    const watched = await WatchedPage.open(browser, gateway.origin, { policy });
    await watched.page.evaluate((guarded) => {
      const image = new Image();
      if (!guarded) image.setAttribute('onerror', 'alert(1)');
      const settled = new Promise((done) => image.addEventListener('error', done));
      image.src = 'https://evil.example/pixel.gif';
      document.body.append(image);
      return settled;
    }, policy);
    const { executions, requests, reports } = watched.damage();
    if (policy) expect(reports).toContain('img-src https://evil.example/pixel.gif');
    else expect([executions.length, requests.length]).toEqual([1, 1]);
    await watched.close();
  });
});

describe('S11: names that turn around, pile up or hide', () => {
  it('leave everything around them where it is', async () => {
    const watched = await WatchedPage.open(browser, gateway.origin, { policy: true });
    const names = [...payloadsOf('direction'), ...payloadsOf('stacks')];
    await watched.hears(['Ada', ...names]);
    const [ada, ...others] = await watched.page.evaluate(measureGroups);
    expect(others).toHaveLength(names.length);
    for (const other of others) expect(other).toEqual(ada);
    const overflow = await watched.page.evaluate(() => {
      const log = document.querySelector('[role=log]')!;
      return [document.documentElement.scrollWidth - innerWidth, log.scrollWidth - log.clientWidth];
    });
    expect(overflow.every((pixels) => pixels <= 0)).toBe(true);
    await watched.close();
  });

  it('are set apart from the text around them, wherever people’s words are shown', async () => {
    const watched = await WatchedPage.open(browser, gateway.origin, { policy: true });
    await watched.hears(['\u202eadA']);
    const isolated = await watched.page.evaluate(() =>
      ['sender', 'member', 'system-line'].map((id) => {
        const element = document.querySelector(`[data-testid=${id}]`);
        const own = element?.matches('bdi') ? element : element?.querySelector('bdi');
        return own ? getComputedStyle(own).unicodeBidi : 'missing';
      }),
    );
    expect(isolated).toEqual(['isolate', 'isolate', 'isolate']);
    await watched.close();
  });
});

/** Elements and attributes in messages that no message is drawn with. */
function strangeElements({ page }: WatchedPage): Promise<string[]> {
  return page.evaluate(
    (known) => {
      const drawn = [...document.querySelectorAll('[data-testid=message-text] *')];
      const strange = drawn.filter(({ tagName }) => !known.includes(tagName)).map(({ tagName }) => tagName);
      const handlers = drawn.flatMap(({ attributes }) =>
        [...attributes].filter(({ name }) => /^(?:on|src|srcdoc|style)/i.test(name)).map(({ name }) => name),
      );
      const links = drawn.flatMap((element) => element.getAttribute('href') ?? []);
      return [...strange, ...handlers, ...links.filter((href) => !/^https?:\/\//.test(href))];
    },
    [...KNOWN_ELEMENTS],
  );
}

/** Runs in the page: of each sender's first bubble where it begins, and how high the name's line is. */
function measureGroups(): { start: number; name: number }[] {
  return [...document.querySelectorAll('.group')].map((group) => {
    const bubble = group.querySelector('[data-testid=message]')!.getBoundingClientRect();
    const name = group.querySelector('.group-name')!.getBoundingClientRect();
    return { start: Math.round(bubble.left), name: Math.round(name.height) };
  });
}
