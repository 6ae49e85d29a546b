import { INVITE_CODE_LENGTH } from '@bytechat/protocol';

/** What somebody typed or pasted into the code field, before anything is sent anywhere. */
export type CodeReading =
  | { kind: 'empty' }
  /** Well-formed; whether its check digits are right and a room answers to it is the SDK's to say. */
  | { kind: 'code'; code: string }
  /** Only letters of a code so far, but not 32 of them. */
  | { kind: 'incomplete'; length: number }
  | { kind: 'tooLong'; length: number }
  /** Long enough to be a code, with a letter that codes don't have. */
  | { kind: 'mistyped' }
  /** A name of one's own choosing: refused, since a guessable room can't keep secrets. */
  | { kind: 'chosenName' }
  /** A link whose part after # is missing or damaged. */
  | { kind: 'linkWithoutSecret' };

const INVITE_VERSION = '1.';
const CODE_LETTERS = /^[0-9A-HJKMNP-TV-Z]*$/;
const LOOKS_LIKE_A_LINK = /:\/\/|\/room|#/i;
/** Shorter than this, a text of code letters is taken for a name rather than for an unfinished code. */
const NAME_AT_MOST = 15;

/** Reads the code field: a link, a `1.` fragment or a bare code, in any case and grouping. */
export function readCodeField(text: string): CodeReading {
  const typed = text.trim();
  if (typed === '') return { kind: 'empty' };
  if (LOOKS_LIKE_A_LINK.test(typed)) return readLink(typed);
  return readCode(typed.startsWith(INVITE_VERSION) ? typed.slice(INVITE_VERSION.length) : typed);
}

/** True when an unfinished code is so short that it is more likely a name somebody made up. */
export function isProbablyAName(reading: CodeReading): boolean {
  return reading.kind === 'chosenName' || (reading.kind === 'incomplete' && reading.length <= NAME_AT_MOST);
}

/** `1.<code>`, as it stands after the # of a link. */
export function fragmentOf(code: string): string {
  return `${INVITE_VERSION}${code}`;
}

/** The code in a fragment (without its #), or undefined when there is none that could be one. */
export function codeInFragment(fragment: string): string | undefined {
  if (!fragment.startsWith(INVITE_VERSION)) return undefined;
  const reading = readCode(decoded(fragment.slice(INVITE_VERSION.length)));
  return reading.kind === 'code' ? reading.code : undefined;
}

/** Eight groups of four, as people read codes aloud. */
export function groupsOf(code: string): readonly string[] {
  return code.match(/.{1,4}/g) ?? [];
}

function readLink(link: string): CodeReading {
  const hash = link.indexOf('#');
  const code = hash < 0 ? undefined : codeInFragment(link.slice(hash + 1));
  return code === undefined ? { kind: 'linkWithoutSecret' } : { kind: 'code', code };
}

function readCode(text: string): CodeReading {
  const code = text.toUpperCase().replace(/[-\s]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (!CODE_LETTERS.test(code)) return { kind: isNearlyACode(code) ? 'mistyped' : 'chosenName' };
  if (code.length > INVITE_CODE_LENGTH) return { kind: 'tooLong', length: code.length };
  if (code.length < INVITE_CODE_LENGTH) return { kind: 'incomplete', length: code.length };
  return { kind: 'code', code };
}

const isNearlyACode = (code: string): boolean =>
  Math.abs(code.length - INVITE_CODE_LENGTH) <= 2 && /^[0-9A-Z]*$/.test(code);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
