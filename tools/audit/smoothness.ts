import type { Browser, Page } from 'playwright-core';
import { NARROW } from '../page/harness/looks.ts';
import type { PreviewWindow } from '../page/harness/preview-window.ts';

/** How much slower than this machine the phone is that is measured. */
const CPU_SLOWDOWN = 4;
/** What else runs on the machine lengthens frames and never shortens them: the best pass is the nearest to the truth. */
const PASSES = 3;
const BURST = 100;

/** The longest frame in ms while somebody scrolls from the newest of 512 messages to the oldest and back. */
export async function scrollWorstFrameMs(browser: Browser, origin: string): Promise<number> {
  const page = await fullRoom(browser, origin);
  await slowDown(page);
  const passes: number[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) passes.push(await page.evaluate(scrollThrough));
  await page.context().close();
  return Math.min(...passes);
}

/** From the first of 100 messages that come one by one until all of them stand on the screen, in ms. */
export async function burstMs(browser: Browser, origin: string): Promise<number> {
  const passes: number[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    const page = await fullRoom(browser, origin);
    passes.push(await page.evaluate(takeBurst, BURST));
    await page.context().close();
  }
  return Math.min(...passes);
}

async function fullRoom(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: NARROW, height: 740 }, locale: 'en' });
  const page = await context.newPage();
  await page.goto(`${origin}/?scene=full`);
  await page.getByTestId('enter-room').click();
  await page.getByTestId('message').nth(511).waitFor();
  return page;
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
}

/** Runs in the page: scrolls a fixed way every frame, and keeps the longest time between two frames. */
function scrollThrough(): Promise<number> {
  const log = document.querySelector('[role=log]')!;
  /** One notch of a wheel. */
  const step = 120;
  return new Promise((resolve) => {
    let direction = -1;
    let last: number | undefined;
    let worst = 0;
    const frame = (now: number) => {
      if (last !== undefined) worst = Math.max(worst, now - last);
      last = now;
      log.scrollTop += direction * step;
      const atTop = log.scrollTop <= 0;
      if (direction < 0 && atTop) direction = 1;
      const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 1;
      if (direction > 0 && atEnd) resolve(worst);
      else requestAnimationFrame(frame);
    };
    log.scrollTop = log.scrollHeight;
    requestAnimationFrame(() => requestAnimationFrame(frame));
  });
}

/** Runs in the page: each message comes as an event of its own, as from the room's worker. */
function takeBurst(count: number): Promise<number> {
  const { preview, aMessage } = window as unknown as PreviewWindow;
  const shown = () => document.querySelectorAll('[data-message^=burst]').length;
  const channel = new MessageChannel();
  return new Promise((resolve) => {
    const startedAt = performance.now();
    channel.port2.onmessage = ({ data }) => {
      const id = `burst${String(data)}`;
      const sentAt = Date.now();
      const text = `Burst, part ${String(data)}`;
      preview.emit({
        type: 'message',
        message: aMessage({ id, mid: '0004cc', name: 'Łukasz', text, sentAt }),
      });
    };
    for (let at = 0; at < count; at += 1) channel.port1.postMessage(at);
    const look = () => {
      if (shown() < count) requestAnimationFrame(look);
      else requestAnimationFrame(() => resolve(performance.now() - startedAt));
    };
    requestAnimationFrame(look);
  });
}
