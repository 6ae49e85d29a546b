import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCommitHeader, readEnvelopeHeader, readKeyPackageHeader } from './headers.ts';

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
    expect(header).toMatchObject({ suite, inviteGeneration: 0 });
    expect(header.sigPub).toHaveLength(65);
    expect(header.rid).toHaveLength(16);
  });

  it('are refused, never thrown over, in any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        const frame = Uint8Array.from(bytes);
        expect(readCommitHeader(frame)).toBe(
          frame[0] === 1 && frame[3] === 0x10 && frame.length >= 64 ? expect.anything() : undefined,
        );
        if (frame.length !== 298 && frame.length !== 554) expect(readEnvelopeHeader(frame)).toBeUndefined();
        if (frame.length !== 573 && frame.length !== 508) expect(readKeyPackageHeader(frame)).toBeUndefined();
      }),
    );
  });
});
