import { describe, expect, it } from '@jest/globals';
import { ClientError, type ClientErrorCode } from '../errors.ts';
import { TransportError } from '../transport.ts';
import { meaningOf } from './refusal.ts';

const refusal = (code: ClientErrorCode) => new ClientError(code, { retryAfterMs: 7 });
const later = { kind: 'later', retryAfterMs: 7 };

describe('a refusal', () => {
  it.each<[string, unknown, boolean, boolean, unknown]>([
    ['no answer', new TransportError('timeout'), false, false, { kind: 'later' }],
    ['a lost connection', new TransportError('closed'), true, true, { kind: 'nothing' }],
    ['a lost membership', refusal('ERR_NOT_MEMBER'), true, true, { kind: 'rejoin' }],
    ['a gone room', refusal('ERR_ROOM_NOT_FOUND'), true, true, { kind: 'over', code: 'ROOM_GONE' }],
    ['an unknown room', refusal('ERR_ROOM_NOT_FOUND'), false, false, { kind: 'over', code: 'REFUSED' }],
    ['a wrong gate', refusal('ERR_GATE'), false, false, { kind: 'over', code: 'REFUSED' }],
    ['too many joins, of somebody new', refusal('ERR_RATE'), false, false, { kind: 'over', code: 'REFUSED' }],
    ['too many joins, of somebody known', refusal('ERR_RATE'), false, true, later],
    ['a full room, for somebody known', refusal('ERR_FULL'), false, true, later],
    ['a busy server', refusal('ERR_BUSY'), false, false, later],
    ['an unclear outcome', refusal('ERR_INDETERMINATE'), false, false, later],
    ['a mistake of ours', new TypeError('x'), true, true, { kind: 'over', code: 'PROTOCOL' }],
  ])('%s', (_what, error, inRoom, taken, meaning) => {
    expect(meaningOf(error, { inRoom, taken, mayRecreate: false })).toMatchObject(meaning as object);
  });

  it('a room that was there a moment ago, and a change that the server has lost', () => {
    const known = { inRoom: true, taken: true, mayRecreate: true };
    expect(meaningOf(refusal('ERR_ROOM_NOT_FOUND'), known)).toEqual({ kind: 'recreate' });
    expect(meaningOf(refusal('ERR_SERVER_ROLLBACK'), known)).toEqual({ kind: 'reinit' });
  });
});
