import { describe, expect, it } from '@jest/globals';
import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { Decoder, Encoder, PacketType, ParserError, type Packet } from './parser.ts';

/** Whatever a handler may send: JSON values with byte strings anywhere in them. */
const payload = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value;

const packet: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({
    type: fc.constant(PacketType.CONNECT),
    nsp: fc.constant('/'),
    data: fc.constant({ sid: 'x' }),
  }),
  fc.record(
    {
      type: fc.constant(PacketType.EVENT),
      nsp: fc.constantFrom('/', '/admin'),
      data: fc.tuple(fc.constantFrom('new_message', 'send_message', 'x'), payload),
      id: fc.nat(),
    },
    { requiredKeys: ['type', 'nsp', 'data'] },
  ),
  fc.record({
    type: fc.constant(PacketType.ACK),
    nsp: fc.constant('/'),
    data: fc.tuple(payload),
    id: fc.nat(),
  }),
);

function decode(frame: unknown): Packet {
  const decoder = new Decoder();
  const seen: Packet[] = [];
  decoder.on('decoded', (decoded) => seen.push(decoded));
  decoder.add(frame);
  expect(seen).toHaveLength(1);
  return seen[0]!;
}

describe('the Socket.IO parser', () => {
  it('puts a packet with byte fields into exactly one frame and gets the same packet back', () => {
    fc.assert(
      fc.property(packet, (sent) => {
        const frames = new Encoder().encode(sent);
        expect(frames).toHaveLength(1);
        expect(decode(frames[0])).toEqual(sent);
      }),
    );
  });

  it('refuses arbitrary bytes with its own error and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ParserError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['off', 'removeListener'] as const)('lets go of a listener by %s, as Socket.IO asks', (method) => {
    const decoder = new Decoder();
    const heard: Packet[] = [];
    const listener = (packet: Packet): void => void heard.push(packet);
    const [frame] = new Encoder().encode({ type: PacketType.EVENT, nsp: '/', data: ['leave_room', {}] });
    decoder.on('decoded', listener).add(frame);
    decoder[method]('decoded', listener).add(frame);
    expect(heard).toHaveLength(1);
  });

  it('refuses every truncation of a good frame', () => {
    const frame = new Encoder().encode({
      type: PacketType.EVENT,
      nsp: '/',
      data: ['send_message', { cid: new Uint8Array(16), env: new Uint8Array(298) }],
      id: 7,
    })[0]!;
    for (let length = 0; length < frame.length; length++) {
      expect(() => decode(frame.subarray(0, length))).toThrow(ParserError);
    }
    expect(() => decode(Uint8Array.of(...frame, 0))).toThrow(ParserError);
  });

  it.each([
    ['a text frame', '2["message"]'],
    ['no array', encode({ type: 2 })],
    ['an unknown type', encode([9, '/', null])],
    ['a binary type of the stock parser', encode([5, '/', ['x']])],
    ['a namespace that is none', encode([2, 5, ['x']])],
    ['an event without a name', encode([2, '/', []])],
    ['an event named like a life-cycle event', encode([2, '/', ['disconnect', 'transport close']])],
    ['an acknowledgement without an id', encode([3, '/', ['x']])],
    ['a negative id', encode([2, '/', ['x'], -1])],
    ['an id beyond the safe integers', encode([2, '/', ['x'], 2 ** 60])],
    [
      'a prototype key',
      Uint8Array.of(
        0x93,
        2,
        0xa1,
        0x2f,
        0x92,
        0xa1,
        0x78,
        0x81,
        0xa9,
        ...new TextEncoder().encode('__proto__'),
        0x80,
      ),
    ],
    ['nesting without end', new Uint8Array(60_000).fill(0x91)],
  ])('refuses %s', (_, frame) => {
    expect(() => decode(frame)).toThrow(ParserError);
  });
});
