import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../e2e/harness/browser.ts';
import type { Engine } from './engine.ts';

/** @param flags more of them than everybody needs */
export async function openChromium(
  url: string,
  flags: readonly string[] = [],
): Promise<Engine & { page: Page }> {
  const profile = await mkdtemp(join(tmpdir(), 'bytechat-engine-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    args: [...chromiumFlags, ...flags],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  await page.waitForFunction('window.ready');
  return {
    page,
    name: 'Chromium',
    version: context.browser()?.version() ?? '',
    run: async <T>(task: string, given: unknown = null) =>
      JSON.parse(await page.evaluate(([what, how]) => runInPage(what, how), [task, given] as const)) as T,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Defined by the page. */
declare function runInPage(task: string, given: unknown): Promise<string>;
