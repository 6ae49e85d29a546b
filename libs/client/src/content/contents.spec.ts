import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FakeClock } from '@bytechat/testing';
import { Contents, type ShownContent } from './contents.ts';
import { MAX_REACTION_KINDS, MessageContent } from './message-content.ts';
import type { Operation } from './operation.ts';

const MEMBERS = ['anna', 'ben', 'mallory'];
const LATER = 1_000_000;

type What = Operation extends infer O ? (O extends Operation ? Omit<O, 'key'> : never) : never;
type Item = { seq: number } & (
  { is: 'message'; mid: string; text: string; replyTo?: string } | { is: 'operation'; what: What }
);

const refOf = (seq: number): string => `ref ${seq}`;

/** What a screen shows after items came in one order, by ref. */
function replayed(items: readonly Item[]): Map<string, ShownContent | undefined> {
  const contents = new Contents(new FakeClock(1));
  for (const item of items) {
    const [ref, place] = [refOf(item.seq), { generation: 1, seq: item.seq }];
    if (item.is === 'operation') contents.take({ ...item.what, key: ref }, place, LATER);
    else {
      contents.add(ref, item);
      contents.place(ref, ref, place, item.mid);
    }
  }
  const refs = items.filter(({ is }) => is === 'message').map(({ seq }) => refOf(seq));
  return new Map(refs.toSorted().map((ref) => [ref, contents.view(ref, 'anna')]));
}

const aMember = fc.constantFrom(...MEMBERS);
const aTarget = fc.nat({ max: 3 }).map(refOf);
const anOperation: fc.Arbitrary<What> = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), mid: aMember, target: aTarget, text: fc.string() }),
  fc.record({ kind: fc.constant('delete' as const), mid: aMember, target: aTarget }),
  fc.record({
    kind: fc.constant('reaction' as const),
    mid: aMember,
    target: aTarget,
    emoji: fc.constantFrom('👍', '❤️', '🎉'),
    on: fc.boolean(),
    name: fc.constant('somebody'),
  }),
);
const aLog: fc.Arbitrary<Item[]> = fc
  .array(
    fc.oneof(
      fc.record({
        is: fc.constant('message' as const),
        mid: aMember,
        text: fc.string(),
        replyTo: fc.option(aTarget, { nil: undefined }),
      }),
      fc.record({ is: fc.constant('operation' as const), what: anOperation }),
    ),
    { maxLength: 14 },
  )
  .map((items) => items.map((item, seq) => ({ ...item, seq })));

describe('what becomes of messages', () => {
  it('is the same in whatever order the items arrive, and however often', () => {
    const shuffled = aLog.chain((log) =>
      fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length }), fc.subarray(log)),
    );
    fc.assert(
      fc.property(shuffled, ([log, order, again]) => {
        expect(replayed([...order, ...again])).toEqual(replayed(log));
      }),
      { numRuns: 300 },
    );
  });

  it('lets nobody but the author change or delete a text', () => {
    fc.assert(
      fc.property(aLog, (log) => {
        const honest = log.filter((item) => {
          if (item.is === 'message' || item.what.kind === 'reaction') return true;
          const { target, mid } = item.what;
          return log.some((one) => one.is === 'message' && refOf(one.seq) === target && one.mid === mid);
        });
        expect(replayed(log)).toEqual(replayed(honest));
      }),
    );
  });

  it('leaves nothing of a text that was deleted, and nothing brings it back', () => {
    const views = replayed([
      { seq: 0, is: 'message', mid: 'anna', text: 'regretted' },
      {
        seq: 1,
        is: 'operation',
        what: { kind: 'edit', mid: 'anna', target: refOf(0), text: 'also regretted' },
      },
      { seq: 2, is: 'operation', what: { kind: 'delete', mid: 'anna', target: refOf(0) } },
      { seq: 3, is: 'operation', what: { kind: 'edit', mid: 'anna', target: refOf(0), text: 'again' } },
    ]);
    expect(views.get(refOf(0))).toEqual({ text: '', edited: false, deleted: true, reactions: [] });
  });

  it('counts each member once for an emoji, in the order of first use, and shows 24 kinds at most', () => {
    const content = new MessageContent('anna', 'hello');
    let seq = 0;
    const reacts = (mid: string, emoji: string, on = true): boolean =>
      content.take(
        { key: `k${seq}`, mid, target: 'r', kind: 'reaction', emoji, on, name: mid },
        { generation: 1, seq: (seq += 1) },
      );
    reacts('ben', '👍');
    reacts('ben', '👍');
    reacts('anna', '❤️');
    reacts('anna', '👍');
    expect(content.view('anna').reactions).toEqual([
      {
        emoji: '👍',
        own: true,
        by: [
          { mid: 'ben', name: 'ben' },
          { mid: 'anna', name: 'anna' },
        ],
      },
      { emoji: '❤️', own: true, by: [{ mid: 'anna', name: 'anna' }] },
    ]);
    reacts('anna', '👍', false);
    expect(content.view('anna').reactions.map(({ emoji, own }) => [emoji, own])).toEqual([
      ['👍', false],
      ['❤️', true],
    ]);
    for (let kind = 0; kind < 40; kind += 1) reacts('mallory', String.fromCodePoint(0x1f400 + kind));
    expect(content.view('anna').reactions).toHaveLength(MAX_REACTION_KINDS);
    expect(content.view('anna').reactions[0]?.emoji).toBe('👍');
  });

  it('shows acts of ours before they have a number, and takes them back when they get none', () => {
    const contents = new Contents(new FakeClock(1));
    contents.add('own', { mid: 'anna', text: 'first' });
    contents.place('own', 'ref', { generation: 1, seq: 1 }, 'anna');
    const edit: Operation = { key: 'q1', mid: 'anna', target: 'ref', kind: 'edit', text: 'second' };
    expect(contents.expect(edit)).toEqual(['own']);
    expect(contents.view('own', 'anna')).toMatchObject({ text: 'second', edited: true });
    contents.giveUp(edit);
    expect(contents.view('own', 'anna')).toMatchObject({ text: 'first', edited: false });
    contents.expect({ ...edit, key: 'q2', kind: 'delete' });
    expect(contents.view('own', 'anna')).toMatchObject({ text: '', deleted: true });
    expect(contents.deletedPlaces('ref')).toBeUndefined();
    contents.take({ ...edit, key: 'q2', kind: 'delete' }, { generation: 1, seq: 2 }, LATER);
    expect(contents.deletedPlaces('ref')).toEqual([{ generation: 1, seq: 1 }]);
  });

  it('keeps what is about a message that isn’t there no longer than its own time', () => {
    const clock = new FakeClock(1);
    const contents = new Contents(clock);
    const edit: Operation = { key: 'k', mid: 'anna', target: 'ref', kind: 'edit', text: 'second' };
    contents.take(edit, { generation: 1, seq: 2 }, 5_000);
    clock.runNext(10_000);
    contents.add('late', { mid: 'anna', text: 'first' });
    contents.place('late', 'ref', { generation: 1, seq: 1 }, 'anna');
    expect(contents.view('late', 'anna')).toMatchObject({ text: 'first', edited: false });
    expect(clock.timers).toBe(0);
  });
});
