import { ENGLISH, type Texts } from './texts.ts';

export type LanguageTag = 'en';

/** Each language under its own name, as its speakers look for it. */
export const LANGUAGES: Readonly<Record<LanguageTag, { name: string; direction: 'ltr' | 'rtl' }>> = {
  en: { name: 'English', direction: 'ltr' },
};

export const LANGUAGE_TAGS = Object.keys(LANGUAGES).filter(isLanguage);

export function isLanguage(tag: string): tag is LanguageTag {
  return Object.hasOwn(LANGUAGES, tag);
}

/** English is always there; every other language comes in a chunk of its own. */
export async function loadTexts(tag: LanguageTag): Promise<Texts> {
  return { en: ENGLISH }[tag];
}

/** The first of the wanted languages that there is. */
export function preferredLanguage(wanted: readonly string[]): LanguageTag {
  for (const locale of wanted) {
    const [base = ''] = locale.toLowerCase().split('-');
    if (isLanguage(base)) return base;
  }
  return 'en';
}
