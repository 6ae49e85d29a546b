/** The longest emoji, in UTF-16 units: families of four with skin tones and flags of regions stay below. */
const MAX_EMOJI_UNITS = 40;

const PICTURE =
  '\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier})?(?:[\\u{e0020}-\\u{e007e}]+\\u{e007f})?';
const KEYCAP = '[0-9#*]\\ufe0f?\\u20e3';
const FLAG = '\\p{Regional_Indicator}{2}';
const EMOJI = new RegExp(`^(?:${PICTURE}(?:\\u200d${PICTURE})*|${KEYCAP}|${FLAG})$`, 'u');

/**
 * Whether a text is one emoji by its form. It does not ask for a list of emoji, so that clients of different age agree
 * also on those that are still to come.
 */
export function isEmoji(text: string): boolean {
  return text.length <= MAX_EMOJI_UNITS && EMOJI.test(text);
}
