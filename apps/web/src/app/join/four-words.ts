import { WORDS } from './words.ts';

/** Four words of a list of 512, drawn evenly: 36 bits, easy to say aloud. */
export function fourWords(random: (into: Uint16Array<ArrayBuffer>) => void = fillAtRandom): string {
  const draws = new Uint16Array(4);
  random(draws);
  return Array.from(draws, (draw) => WORDS[draw % WORDS.length]).join('-');
}

function fillAtRandom(into: Uint16Array<ArrayBuffer>): void {
  crypto.getRandomValues(into);
}
