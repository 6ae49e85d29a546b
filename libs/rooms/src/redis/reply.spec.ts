import { describe, expect, it } from '@jest/globals';
import { accepted, asBytes, asList, asNumber } from './reply.ts';

const text = (value: string): Buffer => Buffer.from(value);

describe('the answers of scripts', () => {
  it('give what follows OK', () => {
    expect(accepted([text('OK'), 7, text('x')])).toEqual([7, text('x')]);
  });

  it.each([
    ['ERR_RATE', { retryAfterMs: 42 }],
    ['ERR_LOCKED', { retryAfterMs: 42 }],
    ['ERR_BUSY', { retryAfterMs: 42 }],
    ['ERR_EPOCH_STALE', { current: 42 }],
    ['ERR_GENERATION', { current: 42 }],
    ['ERR_NOT_MEMBER', { current: undefined, retryAfterMs: undefined }],
  ])('become the refusal %s with its number', (code, details) => {
    expect(() => accepted([text(code), text('42')])).toThrow(expect.objectContaining({ code, ...details }));
  });

  it('are never taken for something they aren’t', () => {
    for (const reply of [null, 'OK', [], [text('ERR_UNHEARD_OF'), 1], [text('toString'), 1]]) {
      expect(() => accepted(reply)).toThrow(TypeError);
    }
    expect(() => asNumber(text('many'))).toThrow(TypeError);
    expect(() => asList(text('x'))).toThrow(TypeError);
    expect(() => asBytes(null)).toThrow(TypeError);
  });
});
