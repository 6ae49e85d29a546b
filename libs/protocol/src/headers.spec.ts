import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  readCommitHeader,
  readEnvelopeHeader,
  readKeyPackageHeader,
  readKeyUpdateHeader,
} from './headers.ts';

interface RoomVector {
  key_package: string;
  envelope: string;
}
const vectors = JSON.parse(
  readFileSync(new URL('../../crypto/vectors/bc1.json', import.meta.url), 'utf8'),
) as Record<'room_suite1' | 'room_suite2', RoomVector>;
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

describe('the clear headers that the server reads', () => {
  it.each([
    ['room_suite1', 1],
    ['room_suite2', 2],
  ] as const)('are found in the frames of %s', (name, suite) => {
    const room = vectors[name];
    expect(readEnvelopeHeader(hex(room.envelope))).toEqual({ suite, type: 0x20, epoch: 1 });
    const header = readKeyPackageHeader(hex(room.key_package))!;
    expect(header.suite).toBe(suite);
    expect(header.sigPub).toHaveLength(65);
    expect(header.rid).toHaveLength(16);
  });

  it.each([
    [1, 403],
    [2, 468],
  ])('are found in a key update of suite %i, which has %i bytes', (suite, length) => {
    const bytes = new Uint8Array(length).fill(9);
    bytes.set([1, 0, suite]);
    bytes.set([0, 3, 1, 4], 35);
    const gid = new Uint8Array(32).fill(9);
    expect(readKeyUpdateHeader(bytes)).toEqual({ suite, gid, idx: 3, kuSeq: 260 });
    expect(readKeyUpdateHeader(bytes.slice(0, -1))).toBeUndefined();
    expect(readKeyUpdateHeader(bytes.with(2, 3 - suite))).toBeUndefined();
    expect(readKeyUpdateHeader(bytes.with(0, 2))).toBeUndefined();
  });

  it('are refused, never thrown over, in any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        const frame = Uint8Array.from(bytes);
        expect(readCommitHeader(frame)).toBe(
          frame[0] === 1 && frame[3] === 0x10 && frame.length >= 64 ? expect.anything() : undefined,
        );
        if (frame.length !== 298 && frame.length !== 554) expect(readEnvelopeHeader(frame)).toBeUndefined();
        if (frame.length !== 468 && frame.length !== 403) expect(readKeyUpdateHeader(frame)).toBeUndefined();
        if (frame.length !== 573 && frame.length !== 508) expect(readKeyPackageHeader(frame)).toBeUndefined();
      }),
    );
  });
});
