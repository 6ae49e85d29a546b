import type { LanguageTag } from '../../i18n/languages.ts';

/** The groups of Unicode, in its order; what its number 2 holds nobody chooses by itself. */
export const GROUPS = [
  'smileys',
  'people',
  undefined,
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;

export type EmojiGroup = NonNullable<(typeof GROUPS)[number]>;

export interface Emoji {
  readonly emoji: string;
  readonly group: EmojiGroup;
  /** Whether it takes a skin tone. */
  readonly toned: boolean;
  /** What it is called, in the language of the interface where that is known. */
  readonly label: string;
  /** What one types between colons. */
  readonly names: readonly string[];
  readonly tags: readonly string[];
}

/** Reads a table of tools/emoji/update.ts; `labels`: its names in another language, line for line. */
export function parseEmoji(table: string, labels?: string): readonly Emoji[] {
  const translated = labels?.split('\n') ?? [];
  return table.split('\n').flatMap((line, at) => {
    const [emoji = '', group = '', toned = '', label = '', names = '', tags = ''] = line.split('\t');
    const known = GROUPS[Number(group)];
    if (known === undefined) return [];
    const own = translated[at];
    const words = [...wordsOf(tags), ...(own ? [label] : [])];
    return [
      { emoji, group: known, toned: toned === '1', label: own ?? label, names: wordsOf(names), tags: words },
    ];
  });
}

/** All emoji, in chunks of their own; names come in the languages that CLDR gives us, else in English. */
export async function loadEmoji(language: LanguageTag): Promise<readonly Emoji[]> {
  const [{ TEXT }, labels] = await Promise.all([import('./data/all.ts'), loadLabels(language)]);
  return parseEmoji(TEXT, labels);
}

async function loadLabels(language: LanguageTag): Promise<string | undefined> {
  switch (language) {
    case 'de':
      return (await import('./data/de.ts')).TEXT;
    case 'fr':
      return (await import('./data/fr.ts')).TEXT;
    case 'es':
      return (await import('./data/es.ts')).TEXT;
    case 'ja':
      return (await import('./data/ja.ts')).TEXT;
    case 'en':
    case 'ar':
      return undefined;
  }
}

const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '');
