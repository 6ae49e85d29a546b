import { createDecipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AttachmentOpener,
  chunkOf,
  sealAttachment,
  type AttachmentKey,
  type SealedAttachment,
} from './attachment.ts';
import { decodeManifest, encodeManifest, type AttachmentManifest } from './attachment-manifest.ts';
import {
  CHUNK_BYTES,
  CHUNK_OVERHEAD,
  chunkCount,
  MAX_ATTACHMENT_BYTES,
  paddedSize,
  sealedSize,
} from './attachment-size.ts';
import type { Bytes } from './bytes.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { randomBytes } from './webcrypto.ts';

const SUITE = 2;

/** Bytes that differ from chunk to chunk. */
function fileOf(size: number): Bytes {
  return Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
}

const chunksOf = ({ key, ciphertext }: SealedAttachment): Bytes[] =>
  Array.from({ length: chunkCount(paddedSize(key.size)) }, (_, i) => chunkOf(ciphertext, i));

async function open(key: AttachmentKey, chunks: readonly Bytes[], suite: 1 | 2 = SUITE): Promise<Bytes> {
  const opener = new AttachmentOpener(suite, key);
  for (const chunk of chunks) await opener.add(chunk);
  return opener.finish();
}

describe('a file', () => {
  it('of any size opens to the same bytes, and its chunks have the length that everybody expects', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 * CHUNK_BYTES + 7 }), async (size) => {
        const file = fileOf(size);
        const sealed = await sealAttachment(SUITE, file);
        expect(sealed.ciphertext.length).toBe(sealedSize(paddedSize(size)));
        const chunks = chunksOf(sealed);
        for (const chunk of chunks.slice(0, -1)) expect(chunk.length).toBe(CHUNK_BYTES + CHUNK_OVERHEAD);
        expect(chunks.at(-1)!.length).toBeGreaterThan(CHUNK_OVERHEAD);
        expect(Buffer.from(await open(sealed.key, chunks)).equals(file)).toBe(true);
      }),
      {
        numRuns: 25,
        examples: [[1], [CHUNK_BYTES - 1], [CHUNK_BYTES], [CHUNK_BYTES + 1], [2 * CHUNK_BYTES]],
      },
    );
  });

  it('is sealed under another key, name and nonce each time', async () => {
    const file = fileOf(100);
    const [one, other] = await Promise.all([sealAttachment(SUITE, file), sealAttachment(SUITE, file)]);
    for (const field of ['fileId', 'key', 'prefix', 'hash'] as const)
      expect(one.key[field]).not.toEqual(other.key[field]);
  });

  it('of nothing, or larger than 25 MB, is refused before anything is encrypted', async () => {
    expect(await refusalOf(sealAttachment(SUITE, new Uint8Array(0)))).toBe('ERR_FORMAT');
    expect(await refusalOf(sealAttachment(SUITE, new Uint8Array(MAX_ATTACHMENT_BYTES + 1)))).toBe(
      'ERR_TOO_LARGE',
    );
  });
});

it('the layout of chunks is that of PROTOCOL §11, as another implementation would read it', async () => {
  const file = fileOf(2 * CHUNK_BYTES + 5_000);
  const sealed = await sealAttachment(SUITE, file);
  const { key, prefix, fileId, hash } = sealed.key;
  const padded = Buffer.alloc(8);
  padded.writeBigUInt64BE(BigInt(paddedSize(file.length)));
  const aad = Buffer.concat([
    Buffer.from('BC1 att\0'),
    Buffer.from([0, 2]),
    fileId,
    padded,
    Buffer.from([0, 0, 0x80, 0]),
  ]);
  const opened = chunksOf(sealed).map((chunk, i) => {
    const nonce = Buffer.concat([prefix, Buffer.from([0, 0, 0, i, i === 2 ? 1 : 0])]);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(chunk.subarray(-16));
    return Buffer.concat([decipher.update(chunk.subarray(0, -16)), decipher.final()]);
  });
  const whole = Buffer.concat(opened);
  expect(whole.subarray(0, file.length).equals(file)).toBe(true);
  expect(whole.subarray(file.length).every((byte) => byte === 0)).toBe(true);
  expect(createHash('sha256').update(sealed.ciphertext).digest().equals(hash)).toBe(true);
});

describe('claim 26: a file is refused', () => {
  it('claim 26: when one bit of a chunk is changed, anywhere', async () => {
    const sealed = await sealAttachment(SUITE, fileOf(CHUNK_BYTES + 500));
    const chunks = chunksOf(sealed);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.ciphertext.length - 1), async (at) => {
        const index = Math.floor(at / (CHUNK_BYTES + CHUNK_OVERHEAD));
        const within = at % (CHUNK_BYTES + CHUNK_OVERHEAD);
        const changed = chunks.map((chunk, i) => (i === index ? flipped(chunk, within) : chunk));
        expect(await refusalOf(open(sealed.key, changed))).toBe('ERR_AEAD');
      }),
      { numRuns: 30 },
    );
  });

  it('claim 26: when chunks of it change places, or one comes twice', async () => {
    const sealed = await sealAttachment(SUITE, fileOf(4 * CHUNK_BYTES));
    const [a, b, c, d] = chunksOf(sealed) as [Bytes, Bytes, Bytes, Bytes];
    for (const order of [
      [b, a, c, d],
      [a, c, b, d],
      [a, a, c, d],
      [a, b, d, c],
    ])
      expect(await refusalOf(open(sealed.key, order))).toBe('ERR_AEAD');
  });

  it('claim 26: when a chunk is one of another file', async () => {
    const file = fileOf(2 * CHUNK_BYTES);
    const [one, other] = await Promise.all([sealAttachment(SUITE, file), sealAttachment(SUITE, file)]);
    const swapped = [chunksOf(other)[0]!, chunksOf(one)[1]!];
    expect(await refusalOf(open(one.key, swapped))).toBe('ERR_AEAD');
  });

  it('claim 26: when its end is missing, also where an earlier chunk stands for the last', async () => {
    const sealed = await sealAttachment(SUITE, fileOf(3 * CHUNK_BYTES));
    const chunks = chunksOf(sealed);
    expect(await refusalOf(open(sealed.key, chunks.slice(0, 2)))).toBe('ERR_AEAD');
    const shorter = { ...sealed.key, size: 2 * CHUNK_BYTES };
    expect(await refusalOf(open(shorter, chunks.slice(0, 2)))).toBe('ERR_AEAD');
  });

  it('claim 26: when more comes than it has', async () => {
    const sealed = await sealAttachment(SUITE, fileOf(CHUNK_BYTES));
    const [chunk] = chunksOf(sealed);
    expect(await refusalOf(open(sealed.key, [chunk!, chunk!]))).toBe('ERR_AEAD');
  });

  it('claim 26: when the manifest gives it another size, name, hash or suite', async () => {
    const sealed = await sealAttachment(SUITE, fileOf(1_000));
    const { key } = sealed;
    const chunks = chunksOf(sealed);
    // 999 pads to the same size: what is not zero behind its end tells.
    for (const size of [999, 900, 2_000])
      expect(await refusalOf(open({ ...key, size }, chunks))).toBe('ERR_AEAD');
    expect(await refusalOf(open({ ...key, fileId: randomBytes(16) }, chunks))).toBe('ERR_AEAD');
    expect(await refusalOf(open({ ...key, prefix: randomBytes(7) }, chunks))).toBe('ERR_AEAD');
    expect(await refusalOf(open({ ...key, hash: randomBytes(32) }, chunks))).toBe('ERR_AEAD');
    expect(await refusalOf(open(key, chunks, 1))).toBe('ERR_AEAD');
  });
});

describe('the padded size', () => {
  it('is at least the size, at most 12 % more, and never falls when the size rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_ATTACHMENT_BYTES - 1 }), (size) => {
        const padded = paddedSize(size);
        expect(padded).toBeGreaterThanOrEqual(size);
        expect(padded).toBeLessThanOrEqual(Math.max(size * 1.12, size));
        expect(paddedSize(size + 1)).toBeGreaterThanOrEqual(padded);
        expect(paddedSize(padded)).toBe(padded);
      }),
    );
  });

  it('leaves few sizes to tell apart: less than 450 up to 25 MB', () => {
    const sizes = new Set<number>();
    for (let size = 1; size <= MAX_ATTACHMENT_BYTES; size = paddedSize(size) + 1) sizes.add(paddedSize(size));
    expect(sizes.size).toBeLessThan(450);
    expect(sizes.has(5 * 1024 * 1024)).toBe(true);
    expect(Math.max(...sizes)).toBe(MAX_ATTACHMENT_BYTES);
  });

  it.each([
    [1, 1],
    [8, 8],
    [9, 10],
    [100, 104],
    [1_000, 1_024],
    [1_000_000, 1_015_808],
  ])('of %i bytes is %i', (size, padded) => {
    expect(paddedSize(size)).toBe(padded);
  });
});

describe('a manifest', () => {
  const manifest: AttachmentManifest = {
    key: {
      fileId: randomBytes(16),
      key: randomBytes(32),
      prefix: randomBytes(7),
      size: 1_000,
      hash: randomBytes(32),
    },
    name: 'Ferien – été.png',
    mediaType: 'image/png',
    width: 640,
    height: 480,
    preview: randomBytes(300),
  };

  it('says again what was put into it', () => {
    expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest);
  });

  it('has one form only: what is longer, shorter or of another layout is refused', () => {
    const body = encodeManifest(manifest);
    for (let length = 0; length < 120; length++)
      expect(() => decodeManifest(body.slice(0, length))).toThrow(
        expect.objectContaining({ code: 'ERR_FORMAT' }),
      );
    expect(() => decodeManifest(new Uint8Array([...body, 0]))).toThrow();
    expect(() => decodeManifest(flipped(body, 0))).toThrow();
  });

  it.each([
    ['a padded size that the size does not have', { at: 71 }],
    ['a size of another padded size', { at: 62 }],
  ])('is refused with %s', (_, { at }) => {
    expect(() => decodeManifest(flipped(encodeManifest(manifest), at))).toThrow();
  });

  it.each<[string, Partial<AttachmentManifest>]>([
    ['no name', { name: '' }],
    ['too long a name', { name: 'x'.repeat(256) }],
    ['no media type', { mediaType: 'png' }],
    ['a media type with a line break', { mediaType: 'image/png\n' }],
    ['too large a preview', { preview: new Uint8Array(14 * 1024 + 1) }],
    ['more than 25 MB', { key: { ...manifest.key, size: MAX_ATTACHMENT_BYTES + 1 } }],
    ['nothing in it', { key: { ...manifest.key, size: 0 } }],
  ])('can not be made with %s', (_, change) => {
    expect(() => encodeManifest({ ...manifest, ...change })).toThrow(
      expect.objectContaining({ code: 'ERR_FORMAT' }),
    );
  });
});
