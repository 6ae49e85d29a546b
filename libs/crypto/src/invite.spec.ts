import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from './bytes.ts';
import { deriveInvite } from './invite.ts';
import { createInviteCode, decodeInviteCode, encodeInviteCode, formatInviteCode } from './invite-code.ts';
import { refusalOf } from './test-support/refusal.ts';
import { randomBytes } from './webcrypto.ts';

const ALPHABET = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
const NO_PASSWORD = { kdf: 0, iter: 0 } as const;

describe('C21: the invite code', () => {
  it('survives every way of typing it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 19, maxLength: 19 }), async (bytes) => {
        const linkSecret = new Uint8Array(bytes);
        const code = await encodeInviteCode(linkSecret);
        const typed = formatInviteCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
        expect(code).toHaveLength(32);
        expect(await decodeInviteCode(` ${typed.replaceAll('-', ' - ')}\n`)).toEqual(linkSecret);
      }),
      { numRuns: 50 },
    );
  });

  it('is new each time and reads as eight groups of four', async () => {
    const [one, two] = [await createInviteCode(), await createInviteCode()];
    expect(one).not.toBe(two);
    expect(formatInviteCode(one)).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('refuses nearly every single typing error', async () => {
    const code = await encodeInviteCode(new Uint8Array(19).fill(77));
    const typos = ALPHABET.flatMap((letter) =>
      Array.from(code).flatMap((old, i) =>
        old === letter ? [] : [code.slice(0, i) + letter + code.slice(i + 1)],
      ),
    );
    const refusals = await Promise.all(typos.map((typo) => refusalOf(decodeInviteCode(typo))));
    const accepted = refusals.filter((refusal) => refusal !== 'ERR_CODE');
    expect(typos).toHaveLength(31 * 32);
    expect(accepted.length).toBeLessThan(typos.length * 0.02);
  });

  it.each(['', 'lobby', '00000000', 'U'.repeat(32), '!'.repeat(32), '0'.repeat(40), '0'.repeat(31)])(
    'refuses %p',
    async (code) => {
      expect(await refusalOf(decodeInviteCode(code))).toBe('ERR_CODE');
    },
  );
});

describe('claim 24: A9: a server can not weaken the password', () => {
  const linkSecret = randomBytes(19);

  it.each([
    { kdf: 1, iter: 599_999 },
    { kdf: 1, iter: 0 },
    { kdf: 0, iter: 0 },
    { kdf: 0, iter: 600_000 },
  ] as const)('by asking for %p', async (stretch) => {
    expect(await refusalOf(deriveInvite(linkSecret, 'secret', stretch))).toBe('ERR_KDF_WEAK');
  });

  it.each([10_000_001, 600_000.5])('or stall the client with %p rounds', async (iter) => {
    expect(await refusalOf(deriveInvite(linkSecret, 'secret', { kdf: 1, iter }))).toBe('ERR_FORMAT');
  });

  it.each([undefined, ''])('and a room with a password is not entered with %p', async (password) => {
    expect(await refusalOf(deriveInvite(linkSecret, password, { kdf: 1, iter: 600_000 }))).toBe('ERR_FORMAT');
  });
});

describe('an invite', () => {
  it('has the same rid whatever the password, and no other value in common', async () => {
    const linkSecret = randomBytes(19);
    const open = await deriveInvite(linkSecret, undefined, NO_PASSWORD);
    const locked = await deriveInvite(linkSecret, 'caf\u00e9', { kdf: 1, iter: 600_000 });
    const composed = await deriveInvite(linkSecret, 'cafe\u0301', { kdf: 1, iter: 600_000 });
    expect(locked).toEqual(composed);
    expect(locked.rid).toEqual(open.rid);
    const secrets = [open, locked].flatMap(({ gate, joinKey, controlKey, psk }) => [
      gate,
      joinKey,
      controlKey,
      psk,
    ]);
    expect(new Set(secrets.map(toHex)).size).toBe(8);
  });
});
