import { describe, expect, it } from '@jest/globals';
import { CLIENT_ERRORS } from '@bytechat/client';
import { WIRE_ERRORS } from '@bytechat/protocol';
import { CLOSE_TEXTS } from './close-texts.ts';
import { describeRefusal, ERROR_TEXTS } from './error-texts.ts';

describe('error texts', () => {
  it('exist for every code of the wire and of the SDK', () => {
    const codes = [...Object.keys(WIRE_ERRORS), ...Object.keys(CLIENT_ERRORS)];
    expect(Object.keys(ERROR_TEXTS)).toEqual(expect.arrayContaining(codes));
  });

  it.each([...Object.entries(ERROR_TEXTS), ...Object.entries(CLOSE_TEXTS)])(
    '%s says what happened and what to do, in sentences without code words',
    (_, { what, next }) => {
      for (const text of [what, next]) {
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(text).not.toMatch(/ERR_|undefined|null|epoch|payload|socket/i);
      }
    },
  );

  it('name the waiting time when the server does', () => {
    expect(describeRefusal({ code: 'ERR_RATE', retryAfterMs: 41_200 }).next).toBe('Try again in 42 seconds.');
    expect(describeRefusal({ code: 'ERR_LOCKED', retryAfterMs: 900_000 }).next).toBe(
      'Try again in 15 minutes.',
    );
  });
});
