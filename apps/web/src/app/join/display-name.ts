/** Longest name, in characters as a person counts them. */
export const MAX_NAME_LENGTH = 32;

export type NameProblem = 'tooLong' | 'hiddenCharacters';

/** Control, direction-changing and other invisible characters; the joiners that emoji need are let through. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]/u;

/** What is wrong with a name somebody chose, if anything. */
export function nameProblem(name: string): NameProblem | undefined {
  if (HIDDEN.test(name)) return 'hiddenCharacters';
  return lengthOf(name.trim()) > MAX_NAME_LENGTH ? 'tooLong' : undefined;
}

function lengthOf(text: string): number {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].length;
}
