import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { concat, utf8 } from './bytes.ts';
import { CONTENT_TYPES } from './content.ts';
import { isEmoji } from './emoji.ts';
import { encodeMessageBody, type MessageBody, readMessageBody } from './message-body.ts';
import { randomBytes } from './webcrypto.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { refusalOf } from './test-support/refusal.ts';
import { Room } from './test-support/room.ts';

const ref = randomBytes(32);
const EMOJI = ['👍', '❤️', '❤', '👍🏽', '👩🏿‍❤️‍💋‍👨🏿', '👨‍👩‍👧‍👦', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🇯🇵', '7️⃣', '🏳️‍🌈', '🧑🏻‍🚀'];
const NO_EMOJI = [
  '',
  'a',
  '1',
  '👍👍',
  '👍 ',
  ' 👍',
  '\u200d',
  '👍\u202e',
  '<b>',
  '🇯',
  '️',
  '👩‍',
  'x👍',
  '👍'.repeat(30),
];

describe('an emoji', () => {
  it.each(EMOJI)('%s is one', (emoji) => expect(isEmoji(emoji)).toBe(true));
  it.each(NO_EMOJI)('%j is none', (text) => expect(isEmoji(text)).toBe(false));
});

const text = fc.string({ unit: 'binary', maxLength: 50 });
const aRef = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Uint8Array.from(bytes));
const aBody: fc.Arbitrary<MessageBody> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({ kind: fc.constant('reply' as const), ref: aRef, text }),
  fc.record({ kind: fc.constant('edit' as const), ref: aRef, text }),
  fc.record({ kind: fc.constant('delete' as const), ref: aRef }),
  fc.record({
    kind: fc.constant('reaction' as const),
    ref: aRef,
    on: fc.boolean(),
    emoji: fc.constantFrom(...EMOJI),
  }),
);

describe('the body of a message', () => {
  it('is read as it was written', () => {
    fc.assert(fc.property(aBody, (said) => expect(readMessageBody(encodeMessageBody(said))).toEqual(said)));
  });

  it('has one form: whatever is read encodes to the same bytes', () => {
    const types = fc.constantFrom(...Object.values(CONTENT_TYPES));
    fc.assert(
      fc.property(
        types,
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom(...EMOJI),
        (type, bytes, emoji) => {
          for (const body of [Uint8Array.from(bytes), concat(ref, Uint8Array.from(bytes), utf8(emoji))]) {
            const said = readOrRefuse(type, body);
            if (said) expect(encodeMessageBody(said)).toEqual({ type, body });
          }
        },
      ),
    );
  });

  it.each([
    ['an edit that neither changes nor deletes', CONTENT_TYPES.edit, concat(ref, Uint8Array.of(3))],
    ['a deletion that says something', CONTENT_TYPES.edit, concat(ref, Uint8Array.of(2, 0x61))],
    ['an edit without its op', CONTENT_TYPES.edit, ref],
    ['a reply to half a message', CONTENT_TYPES.reply, ref.slice(1)],
    ['a reply that is not UTF-8', CONTENT_TYPES.reply, concat(ref, Uint8Array.of(0xff))],
    ['a reaction neither on nor off', CONTENT_TYPES.reaction, concat(ref, Uint8Array.of(2), utf8('👍'))],
    ['a reaction in words', CONTENT_TYPES.reaction, concat(ref, Uint8Array.of(1), utf8('no'))],
    ['two reactions in one', CONTENT_TYPES.reaction, concat(ref, Uint8Array.of(1), utf8('👍👎'))],
  ])('is refused as %s', (_what, type, body) => {
    expect(() => readMessageBody({ type, body })).toThrow(expect.objectContaining({ code: 'ERR_FORMAT' }));
  });

  it('has at most 4,000 UTF-16 units of text, whether it is new, an answer or a change', () => {
    const long = 'x'.repeat(4_001);
    for (const said of [
      { kind: 'text', text: long },
      { kind: 'reply', ref, text: long },
      { kind: 'edit', ref, text: long },
    ] as const)
      expect(() => encodeMessageBody(said)).toThrow(expect.objectContaining({ code: 'ERR_TEXT_TOO_LONG' }));
    expect(encodeMessageBody({ kind: 'edit', ref, text: long.slice(1) }).body).toHaveLength(4_033);
  });

  it('is judged by every receiver, whatever the sender’s client let pass', async () => {
    const room = await Room.with(1, keyPool());
    const mallory = await Insider.join(room, await room.candidate());
    const { group } = room.member(0);
    const bodies = [
      { type: CONTENT_TYPES.reply, body: concat(ref, utf8('x'.repeat(4_001))) },
      { type: CONTENT_TYPES.edit, body: concat(ref, Uint8Array.of(1), utf8('x'.repeat(4_001))) },
      { type: CONTENT_TYPES.edit, body: concat(ref, Uint8Array.of(9)) },
      { type: CONTENT_TYPES.reaction, body: concat(ref, Uint8Array.of(1), utf8('no emoji')) },
    ];
    const refusals: unknown[] = [];
    for (const [counter, said] of bodies.entries()) {
      const env = await mallory.sealOwn({ ...said, sentMs: 1_790_000_000_000, ttlSeconds: 60 }, counter);
      refusals.push(await refusalOf(group.open(room.seq + 1 + counter, env)));
    }
    expect(refusals).toEqual(['ERR_TEXT_TOO_LONG', 'ERR_TEXT_TOO_LONG', 'ERR_FORMAT', 'ERR_FORMAT']);
  });
});

function readOrRefuse(type: number, body: Uint8Array<ArrayBuffer>): MessageBody | undefined {
  try {
    return readMessageBody({ type, body });
  } catch {
    return undefined;
  }
}
