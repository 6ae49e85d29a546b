import { isLanguage, type LanguageTag } from '../i18n/languages.ts';

/** What `whats-new.json` of a build says: its version, and what has changed, in a few words for each language. */
export interface Release {
  version: string;
  notes: Readonly<Record<LanguageTag, readonly string[]>>;
}

const MAX_NOTES = 5;
const MAX_LENGTH = 200;

/** Reads a release; undefined when it isn't one. */
export function readRelease(value: unknown): Release | undefined {
  if (!isRecord(value) || typeof value['version'] !== 'string' || !isRecord(value['notes'])) return undefined;
  const notes = Object.entries(value['notes']).filter(([tag]) => isLanguage(tag));
  return {
    version: value['version'].slice(0, MAX_LENGTH),
    notes: Object.fromEntries(notes.map(([tag, lines]) => [tag, linesOf(lines)])) as Release['notes'],
  };
}

function linesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const lines = value.filter((line): line is string => typeof line === 'string');
  return lines.slice(0, MAX_NOTES).map((line) => line.slice(0, MAX_LENGTH));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
