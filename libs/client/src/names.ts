import type { Bytes } from '@bytechat/protocol';
import { animals, colors } from 'unique-names-generator';

/** Longest name, in graphemes (what a person counts as characters). */
export const MAX_NAME_GRAPHEMES = 32;
/** And in bytes: a grapheme may be arbitrarily long. */
const MAX_NAME_BYTES = 256;

/** Words that nobody should be given as a name. */
const UNKIND: ReadonlySet<string> = new Set(
  (
    'ape baboon booby boa bug chimpanzee cockroach cod cow crab earthworm flea gibbon gorilla hookworm leech louse ' +
    'mite monkey orangutan parasite pig primate rat roundworm shrew skunk slug termite tick vulture worm weasel'
  ).split(' '),
);
const kindAnimals = animals.filter((animal) => !UNKIND.has(animal));

/** The same two words for everybody, from the member id: "Amber Falcon". */
export function defaultName(mid: Bytes): string {
  return `${capitalise(pick(colors, mid, 0))} ${capitalise(pick(kindAnimals, mid, 4))}`;
}

/** Control, format and direction-changing characters; the joiners of emoji and Persian words are kept. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
const VISIBLE = /[^\s\p{C}\p{M}]/u;

/**
 * A name as it is shown and sent: NFC, one line, without control, invisible or direction-changing characters.
 * Undefined when nothing is left to see.
 */
export function cleanName(raw: string): string | undefined {
  const visible = raw
    .normalize('NFC')
    .replace(UNSEEN, (unseen) => (/\s/u.test(unseen) ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .trim();
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(visible);
  let name = '';
  let count = 0;
  for (const { segment } of graphemes) {
    if (++count > MAX_NAME_GRAPHEMES || byteLength(name + segment) > MAX_NAME_BYTES) break;
    name += segment;
  }
  return VISIBLE.test(name) ? name.trim() : undefined;
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

function pick(words: readonly string[], mid: Bytes, offset: number): string {
  const view = new DataView(mid.buffer, mid.byteOffset, mid.byteLength);
  return words[view.getUint32(offset) % words.length]!;
}

const capitalise = (word: string): string =>
  word
    .split(/[\s_-]+/u)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join(' ');
