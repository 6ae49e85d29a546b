import { describe, expect, test } from '@jest/globals';
import { Encoder } from '@bytechat/protocol';
import * as fc from 'fast-check';
import { random } from '../testing/person.ts';
import { busMessage, decodeBusMessage, encodeBusMessage, type BusMessage } from './bus-message.ts';

const rid = random(16);
const left: BusMessage = {
  kind: 'left',
  rid,
  left: { kind: 'left', idx: 3, mid: random(16) },
  turnedAway: ['x'],
};
const commit: BusMessage = {
  kind: 'commit',
  rid,
  committer: 'a connection',
  news: {
    hint: { kind: 'commit', generation: 1, seq: 7, epoch: 2, frame: random(200) },
    rekey: true,
    welcomes: [
      {
        connection: 'another one',
        seat: { rid, connection: 'another one', standing: 'member', generation: 1, mid: random(16), idx: 4 },
        welcome: {
          kind: 'welcome',
          generation: 1,
          seq: 7,
          epoch: 2,
          idx: 4,
          kph: random(32),
          commitId: random(32),
          frame: random(200),
          wrap: random(304),
          tag: random(16),
          groupInfoParts: 1,
        },
      },
    ],
    joined: [{ kind: 'joined', idx: 4, mid: random(16) }],
    removed: [
      { kind: 'removed', idx: 2, mid: random(16), reason: 'timeout' },
      { kind: 'removed', idx: 3, mid: random(16), reason: 'kick' },
    ],
    turnedAway: ['a third one'],
  },
};

const refounded: BusMessage = {
  kind: 'refounded',
  rid,
  founder: 'a connection',
  generation: 3,
  turnedAway: ['another one'],
};

describe('what pods tell one another', () => {
  test.each([
    ['a leave', left],
    ['a commit', commit],
    ['a beginning anew', refounded],
  ])('%s arrives as it was sent, through JSON', (_, message) => {
    const carried: unknown = JSON.parse(JSON.stringify(encodeBusMessage(message)));
    expect(decodeBusMessage(carried)).toEqual(message);
  });

  test('a message with a field too many, too few or of another kind is none', () => {
    const send = (payload: unknown): string => {
      const [frame] = new Encoder().encode({ type: 2, nsp: '/', data: ['bus', payload] });
      return Buffer.from(frame!).toString('base64');
    };
    expect(decodeBusMessage(send(left))).toEqual(left);
    expect(decodeBusMessage(send({ ...left, extra: 1 }))).toBeUndefined();
    expect(decodeBusMessage(send({ kind: 'left', rid }))).toBeUndefined();
    expect(decodeBusMessage(send({ ...left, kind: 'gone' }))).toBeUndefined();
    expect(decodeBusMessage(send({ ...left, rid: random(15) }))).toBeUndefined();
    expect(busMessage.safeParse(null).success).toBe(false);
  });

  test('garbage is none, and never a throw', () => {
    const garbage = fc.oneof(fc.anything(), fc.base64String(), fc.string());
    fc.assert(
      fc.property(garbage, (text) => {
        expect(decodeBusMessage(text)).toBeUndefined();
      }),
      { verbose: true },
    );
  });
});
