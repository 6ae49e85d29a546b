/**
 * Characters that make a terminal do something, or that change how the rest of a line is seen. Line feed and tab are
 * the caller's; the joiners of emoji and Persian words stay.
 */
const UNSAFE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Somebody else's words, so that they can only be read: `ESC` becomes the text `\u{1b}`. */
export const terminalSafe = (text: string): string =>
  text.replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);

/** One value as one line of JSON that is safe to show on a terminal. */
export const jsonLine = (value: object): string =>
  `${JSON.stringify(value).replace(UNSAFE, (character) => escapeUnits(character))}\n`;

const escapeUnits = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
