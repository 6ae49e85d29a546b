import { describe, expect, test } from '@jest/globals';
import type { StoredMember } from '@bytechat/rooms';
import { random } from '../testing/person.ts';
import { announcedBy, announcedByEntry, presenceChanges, type MemberState } from './presence-changes.ts';

const mid = random(16);
const member = (state: MemberState): StoredMember => ({
  idx: 5,
  mid,
  kph: random(32),
  sigPub: random(65),
  connection: 'x',
  state,
  idleMs: 0,
});

describe('after a heartbeat the members are told', () => {
  test.each<[MemberState, MemberState, object[]]>([
    ['present', 'present', []],
    ['present', 'away', [{ event: 'user_left', payload: { kind: 'away', idx: 5, mid } }]],
    ['away', 'present', [{ event: 'user_joined', payload: { kind: 'present', idx: 5, mid } }]],
    ['present', 'left', [{ event: 'user_left', payload: { kind: 'left', idx: 5, mid, reason: 'left' } }]],
    ['away', 'timeout', [{ event: 'user_left', payload: { kind: 'left', idx: 5, mid, reason: 'timeout' } }]],
    ['left', 'left', []],
  ])('of one who was %s and is %s', (before, now, changes) => {
    expect(presenceChanges(announcedBy([member(before)]), [member(now)])).toEqual(changes);
  });

  test('nothing of one who is new there, but that a time-out waits for its commit', () => {
    expect(presenceChanges(new Map(), [member('present')])).toEqual([]);
    expect(presenceChanges(new Map(), [member('away')])).toEqual([]);
    expect(presenceChanges(new Map(), [member('timeout')])).toHaveLength(1);
  });

  test('nothing that their entry has told them already', () => {
    const told = announcedByEntry([{ idx: 5, mid, present: false }]);
    expect(presenceChanges(told, [member('away')])).toEqual([]);
    expect(presenceChanges(told, [member('present')])).toHaveLength(1);
  });
});
