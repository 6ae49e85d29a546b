import { describe, expect, it } from '@jest/globals';
import { roomOptions } from '@bytechat/protocol';
import { nameProblem } from './display-name.ts';
import { fourWords } from './four-words.ts';
import { LIFETIMES } from './lifetimes.ts';
import { WORDS } from './words.ts';

describe('the inputs at the door', () => {
  it('offer only message lives that the wire accepts', () => {
    const wire = roomOptions.shape.maxima.shape.ttl_s;
    for (const seconds of LIFETIMES) expect(wire.safeParse(seconds).success).toBe(true);
    expect(wire.safeParse(59).success).toBe(false);
  });

  it('take names of up to 32 characters as people count them', () => {
    expect(nameProblem('x'.repeat(32))).toBeUndefined();
    expect(nameProblem('Łukasz  der 3. 👋')).toBeUndefined();
    expect(nameProblem('')).toBeUndefined();
    expect(nameProblem('👩‍👩‍👧'.repeat(33))).toBe('tooLong');
    expect(nameProblem('x'.repeat(33))).toBe('tooLong');
  });

  it.each(['\u200b', 'a\u202eb', 'a\u200bb', 'a\u0007b', 'a\nb', 'a\ufeffb'])(
    'refuse invisible characters: %j',
    (name) => {
      expect(nameProblem(name)).toBe('hiddenCharacters');
    },
  );

  it('suggest four of 512 distinct words, evenly drawn', () => {
    expect(new Set(WORDS).size).toBe(512);
    for (const word of WORDS) expect(word).toMatch(/^[a-z]{2,11}$/);
    expect(fourWords((into) => into.set([0, 511, 512, 65_535]))).toBe(
      [WORDS[0], WORDS[511], WORDS[0], WORDS[511]].join('-'),
    );
    expect(fourWords()).not.toBe(fourWords());
  });
});
