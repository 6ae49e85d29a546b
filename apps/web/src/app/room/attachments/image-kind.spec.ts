import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { imageKind } from './image-kind.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : part)),
  );

const PNG = bytes(
  '\x89PNG\r\n\x1a\n',
  [0, 0, 0, 13],
  'IHDR',
  [0, 0, 2, 0x80],
  [0, 0, 1, 0xe0],
  [8, 2, 0, 0, 0],
);
const GIF = bytes('GIF89a', [0x80, 2, 0xe0, 1, 0, 0, 0]);
const VP8X = bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0], [0x7f, 2, 0, 0xdf, 1, 0]);
const VP8L = bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [5, 0, 0, 0, 0x2f], [0x7f, 0xc2, 0x77, 0]);
const VP8 = bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [9, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a], [0x80, 2, 0xe0, 1]);
const JPEG = bytes(
  [0xff, 0xd8],
  [0xff, 0xe1, 0, 6, 1, 2, 3, 4],
  [0xff, 0xff, 0xc4, 0, 3, 9],
  [0xff, 0xc2, 0, 11, 8, 1, 0xe0, 2, 0x80, 1, 0],
);

describe('a picture', () => {
  it.each([
    ['image/png', PNG],
    ['image/gif', GIF],
    ['image/webp', VP8X],
    ['image/webp', VP8L],
    ['image/webp', VP8],
    ['image/jpeg', JPEG],
  ])('is known as %s by its bytes, with its size', (type, picture) => {
    expect(imageKind(picture)).toEqual({ type, width: 640, height: 480 });
  });

  it.each([
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['HTML', bytes('<!doctype html><script>alert(1)</script>')],
    ['PDF', bytes('%PDF-1.7')],
    ['BMP', bytes('BM', [0, 0, 0, 0])],
    ['an icon', bytes([0, 0, 1, 0])],
    ['HTML behind the beginning of a PNG', bytes('\x89PNG\r\n\x1a\n<script>')],
    ['a PNG without a size', PNG.slice(0, 18)],
    ['a PNG of no width', PNG.map((byte, at) => (at >= 16 && at < 20 ? 0 : byte))],
    ['a JPEG that ends before its size', JPEG.slice(0, 14)],
    ['nothing', bytes()],
  ])('is not what %s is', (_, file) => {
    expect(imageKind(file)).toBeUndefined();
  });

  it('is judged without a crash and without an end, whatever the bytes', () => {
    const beginnings = fc.constantFrom(bytes(), PNG, GIF, VP8X, JPEG, JPEG.slice(0, 3));
    fc.assert(
      fc.property(beginnings, fc.uint8Array({ maxLength: 200 }), fc.nat(60), (beginning, rest, keep) => {
        const kind = imageKind(new Uint8Array([...beginning.slice(0, keep), ...rest]));
        if (kind) expect(Math.min(kind.width, kind.height)).toBeGreaterThan(0);
      }),
    );
  });
});
