import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ENVELOPE_LENGTHS } from './limits.ts';
import { clientEvents, parseClientEvent, type ClientEventName } from './schemas.ts';

const bytes = (length: number) => new Uint8Array(length).fill(1);
const options = { suite: 2, kdf: 1, iter: 600_000, maxima: { ttl_s: 3_600, max: 1_000 } };

const valid: [string, ClientEventName, Record<string, unknown>][] = [
  ['create', 'join_room', { v: 1, op: 'create', rid: bytes(16), gate: bytes(32), options }],
  ['join', 'join_room', { v: 1, op: 'join', rid: bytes(16), gate: bytes(32), kp: bytes(573) }],
  [
    'resume',
    'join_room',
    { v: 1, op: 'resume', rid: bytes(16), mid: bytes(16), from: { generation: 1, seq: 9 }, sig: bytes(64) },
  ],
  [
    'found',
    'share_session_key',
    { kind: 'found', expectGeneration: 0, gid: bytes(32), kp: bytes(508), params: bytes(16) },
  ],
  [
    'stage',
    'share_session_key',
    {
      kind: 'stage',
      commitId: bytes(32),
      wraps: [{ idx: 1, wrap: bytes(304), tag: bytes(16) }],
      welcomes: [],
    },
  ],
  [
    'commit',
    'share_session_key',
    {
      kind: 'commit',
      expectEpoch: 0,
      commitId: bytes(32),
      frame: bytes(300),
      rekey: false,
      adds: [],
      removes: [],
      groupInfoParts: 0,
    },
  ],
  ['key update', 'share_session_key', { kind: 'ku', bytes: bytes(468) }],
  ['question for key updates', 'share_session_key', { kind: 'ku_get', from: 0 }],
  ['complaint', 'share_session_key', { kind: 'nack', bytes: bytes(120) }],
  ['send', 'send_message', { cid: bytes(16), generation: 1, env: bytes(ENVELOPE_LENGTHS[0]!) }],
  ['sync', 'sync_room', { from: { generation: 1, seq: 0 } }],
  ['leave', 'leave_room', {}],
  ['chunk of a file', 'blob_put', { fileId: bytes(16), size: 32_784, i: 0, bytes: bytes(32_784) }],
  ['question for a chunk', 'blob_get', { fileId: bytes(16), i: 3 }],
];

/** Values that no field of ours may hold. */
const wrong = fc.constantFrom<unknown>(
  null,
  NaN,
  -1,
  1.5,
  2 ** 40,
  'x',
  true,
  [],
  {},
  bytes(0),
  bytes(15),
  bytes(65_000),
  { __proto__: null },
);

describe('the schemas of the wire', () => {
  it.each(valid)('take a well-formed %s', (_, event, payload) => {
    expect(parseClientEvent(event, payload).ok).toBe(true);
  });

  it.each(valid)('refuse a %s with an unknown field', (_, event, payload) => {
    expect(parseClientEvent(event, { ...payload, extra: 1 }).ok).toBe(false);
  });

  it.each(valid.filter(([, , payload]) => Object.keys(payload).length > 0))(
    'refuse a %s that lacks a field',
    (_, event, payload) => {
      for (const key of Object.keys(payload)) {
        const rest = Object.fromEntries(Object.entries(payload).filter(([other]) => other !== key));
        expect(parseClientEvent(event, rest).ok).toBe(false);
      }
    },
  );

  it.each(valid.filter(([, , payload]) => Object.keys(payload).length > 0))(
    'refuse a %s with one field of another kind',
    (_, event, payload) => {
      fc.assert(
        fc.property(fc.constantFrom(...Object.keys(payload)), wrong, (key, value) => {
          fc.pre(!(Array.isArray(payload[key]) && Array.isArray(value)));
          fc.pre(typeof payload[key] !== 'boolean' || typeof value !== 'boolean');
          expect(parseClientEvent(event, { ...payload, [key]: value }).ok).toBe(false);
        }),
      );
    },
  );

  it('never throw, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(clientEvents) as ClientEventName[])),
        fc.anything(),
        (event, payload) => {
          expect([true, false]).toContain(parseClientEvent(event, payload).ok);
        },
      ),
    );
  });

  it('take an envelope only in the seven lengths of BC/1', () => {
    const accepted = Array.from({ length: 17_000 }, (_, length) => length).filter(
      (length) =>
        parseClientEvent('send_message', { cid: bytes(16), generation: 0, env: new Uint8Array(length) }).ok,
    );
    expect(accepted).toEqual([298, 554, 1066, 2090, 4138, 8234, 16426]);
  });

  it('take a commit that kicks and rotates the invite, with every field of the new one', () => {
    const kick = valid.find(([name]) => name === 'commit')![2];
    const parse = (rotate: unknown): boolean =>
      parseClientEvent('share_session_key', { ...kick, removes: [{ idx: 3, reason: 'kick' }], rotate }).ok;
    const rotate = { rid: bytes(16), gate: bytes(32) };
    expect(parse(rotate)).toBe(true);
    expect(parse({ ...rotate, gate: bytes(31) })).toBe(false);
    expect(parse({ ...rotate, extra: 1 })).toBe(false);
    expect(parse({ rid: bytes(16) })).toBe(false);
    expect(parse(null)).toBe(false);
  });

  it('take a key update only in the lengths of the two suites, and a complaint of 64 to 512 bytes', () => {
    const lengthsOf = (kind: string): number[] =>
      Array.from({ length: 600 }, (_, length) => length).filter(
        (length) => parseClientEvent('share_session_key', { kind, bytes: new Uint8Array(length) }).ok,
      );
    expect(lengthsOf('ku')).toEqual([403, 468]);
    expect(lengthsOf('nack')).toEqual(Array.from({ length: 449 }, (_, i) => i + 64));
  });

  it('take a chunk of 17 to 32,784 bytes of a file of at most 25 MB', () => {
    const parse = (size: number, length: number): boolean =>
      parseClientEvent('blob_put', { fileId: bytes(16), size, i: 0, bytes: new Uint8Array(length) }).ok;
    const lengths = Array.from({ length: 33_000 }, (_, i) => i).filter((length) => parse(40_000, length));
    expect([lengths[0], lengths.at(-1)]).toEqual([17, 32_784]);
    const largest = 25 * 1024 * 1024 + 800 * 16;
    expect([parse(largest, 17), parse(largest + 1, 17), parse(16, 17)]).toEqual([true, false, false]);
  });

  it('refuse password stretching below 600,000 iterations', () => {
    const weak = { ...options, iter: 599_999 };
    expect(
      parseClientEvent('join_room', { v: 1, op: 'create', rid: bytes(16), gate: bytes(32), options: weak })
        .ok,
    ).toBe(false);
  });
});
