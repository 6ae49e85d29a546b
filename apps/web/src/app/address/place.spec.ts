import { describe, expect, it } from '@jest/globals';
import { A_CODE } from '../../testing/fake-room-client.ts';
import { invitePath, readPlace } from './place.ts';

describe('the address', () => {
  it.each([
    ['/', '', { kind: 'start' }],
    ['/', `#1.${A_CODE}`, { kind: 'invite', code: A_CODE }],
    ['/room', `#1.${A_CODE}`, { kind: 'invite', code: A_CODE }],
    ['/room/anything', `#1.${A_CODE}`, { kind: 'invite', code: A_CODE }],
    ['/room', '', { kind: 'lostSecret' }],
    ['/room/abc', '', { kind: 'lostSecret' }],
    ['/room/abc', '#2.x', { kind: 'lostSecret' }],
    ['/', '#1.damaged', { kind: 'lostSecret' }],
    [`/room/${A_CODE}`, '', { kind: 'codeInPath', code: A_CODE }],
    [`/room/${A_CODE.toLowerCase()}`, '', { kind: 'codeInPath', code: A_CODE }],
  ])('%s%s asks for %j', (path, hash, place) => {
    expect(readPlace(path, hash)).toEqual(place);
  });

  it('survives the way out and back in', () => {
    const { pathname, hash } = new URL(invitePath(A_CODE), 'https://chat.example');
    expect(readPlace(pathname, hash)).toEqual({ kind: 'invite', code: A_CODE });
  });
});
