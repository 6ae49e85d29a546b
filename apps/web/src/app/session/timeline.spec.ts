import { describe, expect, it } from '@jest/globals';
import { aMessage } from '../../testing/fake-room-client.ts';
import { EMPTY_TIMELINE, MAX_MESSAGES, withMessage, without, withSystemLine } from './timeline.ts';

const idsOf = ({ settled, pending }: typeof EMPTY_TIMELINE) =>
  [...settled, ...pending].map((entry) => entry.id);

describe('the timeline', () => {
  it('keeps what is on its way last, and gives it its place when the server has', () => {
    let timeline = withMessage(EMPTY_TIMELINE, aMessage({ id: 'mine', own: true, state: 'sending' }));
    timeline = withMessage(timeline, aMessage({ id: 'theirs' }));
    expect(idsOf(timeline)).toEqual(['theirs', 'mine']);
    timeline = withMessage(timeline, aMessage({ id: 'mine', own: true, state: 'sent' }));
    timeline = withMessage(timeline, aMessage({ id: 'later' }));
    expect(idsOf(timeline)).toEqual(['theirs', 'mine', 'later']);
  });

  it('replaces a message that changes, and never shows it twice', () => {
    let timeline = withMessage(EMPTY_TIMELINE, aMessage({ id: 'a', state: 'sending' }));
    timeline = withMessage(timeline, aMessage({ id: 'a', state: 'failed' }));
    timeline = withMessage(timeline, aMessage({ id: 'a', state: 'sent' }));
    timeline = withMessage(timeline, aMessage({ id: 'a', state: 'sent', name: 'Renamed' }));
    expect(idsOf(timeline)).toEqual(['a']);
  });

  it('takes expired messages away wherever they stand', () => {
    let timeline = withMessage(EMPTY_TIMELINE, aMessage({ id: 'a' }));
    timeline = withMessage(timeline, aMessage({ id: 'b', state: 'failed' }));
    timeline = withMessage(timeline, aMessage({ id: 'c' }));
    expect(idsOf(without(timeline, ['a', 'b']))).toEqual(['c']);
  });

  it('tells of a newcomer under the name he gives right after, and of later names as news', () => {
    const come = { id: 's1', at: 0, kind: 'joined', mid: 'aa', name: 'Purple Fox' } as const;
    const named = {
      id: 's2',
      at: 900,
      kind: 'renamed',
      mid: 'aa',
      name: 'Ben',
      before: 'Purple Fox',
    } as const;
    let timeline = withSystemLine(withSystemLine(EMPTY_TIMELINE, come), named);
    expect(timeline.settled).toEqual([{ kind: 'system', id: 's1', line: { ...come, name: 'Ben' } }]);
    timeline = withSystemLine(timeline, { ...named, id: 's3', at: 60_000, name: 'Benny', before: 'Ben' });
    expect(idsOf(timeline)).toEqual(['s1', 's3']);
  });

  it('holds 512 messages and lets no flood of system lines push them out', () => {
    let timeline = EMPTY_TIMELINE;
    for (let n = 0; n < MAX_MESSAGES + 1; n += 1) timeline = withMessage(timeline, aMessage({ id: `m${n}` }));
    for (let n = 0; n < MAX_MESSAGES + 1; n += 1)
      timeline = withSystemLine(timeline, { id: `s${n}`, at: n, kind: 'joined', mid: 'aa', name: 'A' });
    const messages = timeline.settled.filter((entry) => entry.kind === 'message');
    expect(messages).toHaveLength(MAX_MESSAGES);
    expect(messages[0]?.id).toBe('m1');
    expect(timeline.settled).toHaveLength(2 * MAX_MESSAGES);
  });
});
