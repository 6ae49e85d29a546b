import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFileName } from './file-name.ts';

describe('a file name', () => {
  it.each([
    ['holiday.png', 'holiday.png'],
    ['Ferien – été 2026.tar.gz', 'Ferien – été 2026.tar.gz'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\anna\\notes.txt', 'notes.txt'],
    ['/', 'file'],
    ['', 'file'],
    ['..', 'file'],
    ['.bashrc', 'bashrc'],
    ['trailing. . ', 'trailing'],
    ['a\u0000b\nc\u001b[31m.txt', 'abc[31m.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['\u200B\uFEFF.pdf', 'pdf'],
    ['what?*<>|":.txt', 'what_______.txt'],
    ['con.txt', '_con.txt'],
    ['NUL', '_NUL'],
    ['e\u0301.txt', 'é.txt'],
    ['報告書.pdf', '報告書.pdf'],
  ])('%j is shown and saved as %j', (raw, clean) => {
    expect(cleanFileName(raw)).toBe(clean);
  });

  it('keeps its extension when it is cut', () => {
    const name = cleanFileName(`${'x'.repeat(5_000)}.jpeg`);
    expect(name).toMatch(/^x{120}\.jpeg$/);
    expect(new TextEncoder().encode(cleanFileName(`${'😀'.repeat(500)}.jpeg`)).length).toBeLessThanOrEqual(
      240,
    );
  });

  it('is one harmless segment, whatever comes in, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (raw) => {
        const name = cleanFileName(raw);
        expect(name).not.toBe('');
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]/u);
        expect(name).not.toMatch(/^[.\s]|[.\s]$/);
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
        expect(cleanFileName(name)).toBe(name);
      }),
    );
  });
});
