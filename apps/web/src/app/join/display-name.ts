import { cleanName, MAX_NAME_GRAPHEMES } from '@bytechat/client';

/** Longest name, in characters as a person counts them. */
export const MAX_NAME_LENGTH = MAX_NAME_GRAPHEMES;

export type NameProblem = 'tooLong' | 'hiddenCharacters';

/** What the SDK's rule for names would change about this one, if anything: better said than done silently. */
export function nameProblem(typed: string): NameProblem | undefined {
  const wanted = typed.normalize('NFC').replace(/ +/g, ' ').trim();
  const shown = cleanName(wanted) ?? '';
  if (shown === wanted) return undefined;
  return shown !== '' && wanted.startsWith(shown) && !isHidden(wanted.slice(shown.length))
    ? 'tooLong'
    : 'hiddenCharacters';
}

const isHidden = (rest: string): boolean => cleanName(rest) === undefined;
