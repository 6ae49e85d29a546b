import { encode } from '@msgpack/msgpack';
import { PacketType } from '@bytechat/protocol';
import * as fc from 'fast-check';
import { rawCase, type AttackCase } from '../attack-case.ts';
import { clientFrame, Opcode } from '../wire/frame.ts';
import { upgradeRequest } from '../wire/upgrade.ts';

/** L2: Socket.IO, protocol 5, in MessagePack. */
export const connectFrame = clientFrame(
  Opcode.BINARY,
  encode([PacketType.CONNECT, '/', { v: 1, client: 'fuzz' }]),
);

const names = fc.constantFrom(
  ...['join_room', 'send_message', 'connect', 'disconnect', 'disconnecting', 'connect_error', 'newListener'],
  ...['removeListener', '__proto__', 'constructor', 'toString', 'error', '', 'bus', 'server_notice'],
);

const anything = fc.anything({ withNullPrototype: true, maxDepth: 3, withBigInt: false }).map(storable);

const tuple = fc.oneof(
  fc.tuple(
    fc.oneof(fc.integer({ min: -1, max: 9 }), anything),
    fc.oneof(fc.constantFrom('/', '/admin', '', 'x', '/__proto__'), anything),
    fc.oneof(fc.tuple(names, anything), fc.array(anything, { maxLength: 5 }), anything),
    fc.option(fc.oneof(fc.constantFrom(0, 1, -1, 0.5, 2 ** 53, Number.MAX_VALUE, NaN), anything), {
      nil: undefined,
    }),
  ),
  fc.array(anything, { maxLength: 6 }),
  anything,
);

const packets = fc
  .record({
    isConnected: fc.boolean(),
    list: fc.array(
      tuple.map((packet) => encode(packet)),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ isConnected, list }) => {
    const sent = list.map((bytes) => clientFrame(Opcode.BINARY, bytes));
    return rawCase('L2', 'packets of any shape', [
      upgradeRequest(),
      ...(isConnected ? [connectFrame] : []),
      ...sent,
    ]);
  });

const GOOD = encode([PacketType.EVENT, '/', ['send_message', { cid: new Uint8Array(16) }], 1]);

const flipped = fc
  .record({ at: fc.nat(GOOD.length - 1), by: fc.integer({ min: 1, max: 255 }), cut: fc.nat(GOOD.length) })
  .map(({ at, by, cut }) => {
    const bytes = Uint8Array.from(GOOD.subarray(0, Math.max(1, cut)));
    if (at < bytes.length) bytes[at]! ^= by;
    return bytes;
  });

/** Lengths that promise more than there is, nesting without end, types of an application's own. */
const malformed = fc.oneof(
  fc
    .constantFrom(
      ...[
        'ddffffffff',
        'dfffffffff',
        'c6ffffffff',
        'dbffffffff',
        'c9ffffffff01',
        'd401',
        'c1',
        '94',
        'dc1001',
      ],
    )
    .map((hex) => Buffer.from(hex, 'hex')),
  fc.integer({ min: 1, max: 60_000 }).map((depth) => Buffer.alloc(depth, 0x91)),
  fc.integer({ min: 1, max: 30_000 }).map((depth) => Buffer.alloc(depth * 2, Buffer.from([0x81, 0xa0]))),
  fc.uint8Array({ maxLength: 400 }),
);

const bytes = fc
  .array(fc.oneof(flipped, malformed), { minLength: 1, maxLength: 3 })
  .map((list) =>
    rawCase('L2', 'frames that may be no MessagePack', [
      upgradeRequest(),
      connectFrame,
      ...list.map((one) => clientFrame(Opcode.BINARY, one)),
    ]),
  );

/** What MessagePack can carry: it has no symbols, functions, sets or maps. */
export function storable(value: unknown): unknown {
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, storable(one)]));
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'symbol' || typeof value === 'function' || typeof value === 'bigint' ? null : value;
}

export const hostilePackets: fc.Arbitrary<AttackCase> = fc.oneof(packets, bytes);
