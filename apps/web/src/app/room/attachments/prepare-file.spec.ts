import { describe, expect, it } from '@jest/globals';
import type { ImageCodec } from './image-codec.ts';
import { MAX_PREVIEW_BYTES, prepareFile } from './prepare-file.ts';

interface Written {
  width: number;
  height: number;
  type: string;
}

/** A codec that knows pictures of one size, and writes as many bytes as it is told for each encoding. */
function codecOf(width: number, height: number, bytesOf: (written: Written) => number) {
  const written: Written[] = [];
  let closed = 0;
  const codec: ImageCodec = {
    decode: async (file) =>
      file.type.startsWith('image/')
        ? {
            width,
            height,
            encode: async (w, h, type) => {
              const one = { width: w, height: h, type };
              written.push(one);
              return new Blob([new Uint8Array(bytesOf(one))], { type });
            },
            close: () => (closed += 1),
          }
        : undefined,
  };
  return { codec, written, closed: () => closed };
}

const photo = (type = 'image/jpeg', name = 'beach.jpeg'): File => new File(['secret place'], name, { type });

describe('a picture that is sent', () => {
  it('is drawn and written anew, 2,048 pixels long at most, and its file is let go of', async () => {
    const { codec, closed } = codecOf(4_096, 3_072, () => 500);
    const file = photo();
    const sent = await prepareFile(file, false, codec);
    expect(sent).toMatchObject({ name: 'beach.jpg', mediaType: 'image/jpeg', width: 2_048, height: 1_536 });
    expect(sent.data).not.toBe(file);
    expect((sent.data as Blob).size).toBe(500);
    expect(closed()).toBe(1);
  });

  it('is never made larger', async () => {
    const { codec, written } = codecOf(100, 50, () => 500);
    expect(await prepareFile(photo(), false, codec)).toMatchObject({ width: 100, height: 50 });
    expect(written.every(({ width }) => width === 100)).toBe(true);
  });

  it.each([
    ['image/png', 'a.png', 'image/png', 'a.png'],
    ['image/webp', 'a.b.webp', 'image/png', 'a.b.png'],
    ['image/gif', 'wave', 'image/png', 'wave.png'],
  ])('of %s called %s becomes %s called %s', async (type, name, mediaType, newName) => {
    const { codec } = codecOf(10, 10, () => 500);
    expect(await prepareFile(photo(type, name), false, codec)).toMatchObject({ mediaType, name: newName });
  });

  it('stays as it is when that is wanted, with a preview all the same', async () => {
    const { codec } = codecOf(4_000, 3_000, () => 500);
    const file = photo('image/webp', 'a.webp');
    const sent = await prepareFile(file, true, codec);
    expect(sent.data).toBe(file);
    expect(sent).toMatchObject({ name: 'a.webp', mediaType: 'image/webp', width: 4_000, height: 3_000 });
    expect(sent.preview).toHaveLength(500);
  });

  it('has the best preview that fits, or none', async () => {
    const small = codecOf(1_000, 1_000, ({ width }) => (width > 200 ? MAX_PREVIEW_BYTES + 1 : 700));
    expect((await prepareFile(photo(), false, small.codec)).preview).toHaveLength(700);
    expect(small.written.at(-1)!.width).toBe(160);
    const none = codecOf(1_000, 1_000, () => MAX_PREVIEW_BYTES + 1);
    expect((await prepareFile(photo(), false, none.codec)).preview).toBeUndefined();
  });
});

it('another file is sent as it is', async () => {
  const { codec } = codecOf(1, 1, () => 1);
  const file = new File(['text'], 'notes.txt', { type: 'text/plain' });
  expect(await prepareFile(file, false, codec)).toEqual({
    data: file,
    name: 'notes.txt',
    mediaType: 'text/plain',
  });
  const unknown = new File(['?'], 'thing', { type: '' });
  expect((await prepareFile(unknown, false, codec)).mediaType).toBe('application/octet-stream');
});
