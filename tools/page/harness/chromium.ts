import { chromium, type Browser } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../../e2e/harness/browser.ts';

/** One Chromium for many contexts; `flags` add to those that every browser of the tests has. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags, ...flags] });
}
