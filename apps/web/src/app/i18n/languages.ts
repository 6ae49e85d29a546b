import { ENGLISH, type Texts } from './texts.ts';

export type LanguageTag = 'en' | 'de' | 'fr' | 'es' | 'ar' | 'ja';

/** Each language under its own name, as its speakers look for it. */
export const LANGUAGES: Readonly<Record<LanguageTag, { name: string; direction: 'ltr' | 'rtl' }>> = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
  ja: { name: '日本語', direction: 'ltr' },
};

export const LANGUAGE_TAGS = Object.keys(LANGUAGES).filter(isLanguage);

export function isLanguage(tag: string): tag is LanguageTag {
  return Object.hasOwn(LANGUAGES, tag);
}

/** English is always there; every other language comes in a chunk of its own. */
export async function loadTexts(tag: LanguageTag): Promise<Texts> {
  switch (tag) {
    case 'en':
      return ENGLISH;
    case 'de':
      return (await import('./de/texts.ts')).TEXTS;
    case 'fr':
      return (await import('./fr/texts.ts')).TEXTS;
    case 'es':
      return (await import('./es/texts.ts')).TEXTS;
    case 'ar':
      return (await import('./ar/texts.ts')).TEXTS;
    case 'ja':
      return (await import('./ja/texts.ts')).TEXTS;
  }
}

/** The first of the wanted languages that there is. */
export function preferredLanguage(wanted: readonly string[]): LanguageTag {
  for (const locale of wanted) {
    const [base = ''] = locale.toLowerCase().split('-');
    if (isLanguage(base)) return base;
  }
  return 'en';
}
