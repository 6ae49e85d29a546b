import type { Browser, BrowserContext } from 'playwright-core';
import { DETAIL_STATES, FEW_STATES, STATES, type State } from './states.ts';

/** How a person looks at the page. */
export interface Look {
  language: string;
  colorScheme: 'light' | 'dark';
  width: number;
}

export const WIDE = 1_280;
export const NARROW = 360;

const ALL_STATES = [...STATES, ...DETAIL_STATES];

/** Every state in some looks, and the ones with the most words in every language. */
export const LOOKS: readonly [Look, readonly State[]][] = [
  [{ language: 'en', colorScheme: 'light', width: WIDE }, ALL_STATES],
  [{ language: 'en', colorScheme: 'dark', width: NARROW }, ALL_STATES],
  [{ language: 'ar', colorScheme: 'dark', width: WIDE }, ALL_STATES],
  ...['de', 'fr', 'es', 'ja', 'ar'].map((language): [Look, readonly State[]] => [
    { language, colorScheme: 'light', width: NARROW },
    FEW_STATES,
  ]),
];

export function contextFor(
  browser: Browser,
  { language, colorScheme, width }: Look,
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    locale: language,
    reducedMotion: 'reduce',
  });
}
