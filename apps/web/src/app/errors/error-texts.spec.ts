import { describe, expect, it } from '@jest/globals';
import { CLIENT_ERRORS } from '@bytechat/client';
import { WIRE_ERRORS } from '@bytechat/protocol';
import { ENGLISH } from '../i18n/texts.ts';
import { describeRefusal, ERROR_KINDS } from './error-texts.ts';

describe('error texts', () => {
  it('exist for every code of the wire and of the SDK', () => {
    const codes = [...Object.keys(WIRE_ERRORS), ...Object.keys(CLIENT_ERRORS)];
    expect(Object.keys(ERROR_KINDS)).toEqual(expect.arrayContaining(codes));
  });

  it.each([...Object.entries(ENGLISH.errors), ...Object.entries(ENGLISH.closedBy)])(
    '%s says what happened and what to do, in sentences without code words',
    (_, { what, next }) => {
      for (const text of [what, next]) {
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(text).not.toMatch(/ERR_|undefined|null|epoch|payload|socket/i);
      }
    },
  );

  it('name the waiting time when the server does', () => {
    const nextOf = (code: 'ERR_RATE' | 'ERR_LOCKED', retryAfterMs: number) =>
      describeRefusal({ code, retryAfterMs }, ENGLISH, 'en').next;
    expect(nextOf('ERR_RATE', 41_200)).toBe('Try again in 42 seconds.');
    expect(nextOf('ERR_LOCKED', 900_000)).toBe('Try again in 15 minutes.');
  });
});
