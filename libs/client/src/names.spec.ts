import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanName, defaultName } from './names.ts';

describe('names', () => {
  it('are two words that everybody computes alike from the member id', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const mid = Uint8Array.from(bytes);
        const name = defaultName(mid);
        expect(name).toMatch(/^[A-Z][a-z]+( [A-Z][a-z]+)+$/);
        expect(defaultName(Uint8Array.from(mid))).toBe(name);
      }),
    );
  });

  it('differ for most people', () => {
    const names = Array.from({ length: 200 }, () => defaultName(crypto.getRandomValues(new Uint8Array(16))));
    expect(new Set(names).size).toBeGreaterThan(190);
  });

  it.each([
    ['  Anna  ', 'Anna'],
    ['An\u0000na\u202eevil', 'Annaevil'],
    ['e\u0301', 'é'],
    ['two\n lines', 'two lines'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['👩‍👩‍👧'.repeat(40), '👩‍👩‍👧'.repeat(14)],
    ['\u200d\u0301', undefined],
    ['x'.repeat(40), 'x'.repeat(32)],
    ['\u200b\u2066 ', undefined],
    ['', undefined],
  ])('are cleaned: %j', (raw, clean) => {
    expect(cleanName(raw)).toBe(clean);
  });

  it('never hold what changes direction, hides or breaks the line, and cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (raw) => {
        const name = cleanName(raw);
        if (name === undefined) return;
        expect(name).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(cleanName(name)).toBe(name);
      }),
    );
  });
});
