import { describe, expect, it } from '@jest/globals';
import { WIRE_ERRORS } from './codes.ts';

describe('the table of codes', () => {
  it('gives every code a number of its own', () => {
    const numbers = Object.values(WIRE_ERRORS).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('keeps the numbers that PROTOCOL §6.19 has fixed', () => {
    expect(WIRE_ERRORS).toMatchObject({
      ERR_FORMAT: { number: 4000 },
      ERR_VERSION: { number: 4001 },
      ERR_GATE: { number: 4003 },
      ERR_ROOM_NOT_FOUND: { number: 4004 },
      ERR_ROOM_EXISTS: { number: 4005 },
      ERR_RATE: { number: 4008 },
      ERR_EPOCH_STALE: { number: 4009 },
      ERR_WRAPS_INCOMPLETE: { number: 4010 },
      ERR_DUPLICATE: { number: 4011 },
      ERR_FULL: { number: 4012 },
      ERR_TOO_LARGE: { number: 4013 },
      ERR_NOT_MEMBER: { number: 4014 },
      ERR_STAGE_EXPIRED: { number: 4015 },
      ERR_SERVER_ROLLBACK: { number: 4016 },
    });
  });
});
