import type { AttachmentKey } from './attachment.ts';
import { MAX_ATTACHMENT_BYTES, paddedSize } from './attachment-size.ts';
import { type Bytes, concat, utf8 } from './bytes.ts';
import { decodeText } from './content.ts';
import { BcError } from './errors.ts';
import { Reader } from './reader.ts';
import { u16, u64, u8, v16 } from './writer.ts';

/** Longest file name, media type and preview that fit into the largest envelope with the rest, in bytes. */
export const MAX_FILE_NAME_BYTES = 255;
export const MAX_MEDIA_TYPE_BYTES = 127;
export const MAX_PREVIEW_BYTES = 14 * 1024;

/** What a member says of a file: the body of content of ctype 5, signed with it. */
export interface AttachmentManifest {
  key: AttachmentKey;
  name: string;
  /** As its sender's system calls it: a hint, never a reason to trust the bytes. */
  mediaType: string;
  /** Of an image, in pixels; 0 when it is none. */
  width: number;
  height: number;
  /** A small image to show before the file is fetched, or nothing. */
  preview: Bytes;
}

const LAYOUT = 1;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/** @throws BcError ERR_FORMAT when a field has a form or a length that it may not have */
export function encodeManifest({ key, name, mediaType, width, height, preview }: AttachmentManifest): Bytes {
  const file = concat(key.fileId, key.key, key.prefix, u64(key.size), u64(paddedSize(key.size)), key.hash);
  const body = concat(
    concat(u8(LAYOUT), file, v16(utf8(name)), v16(utf8(mediaType))),
    concat(u16(width), u16(height), v16(preview)),
  );
  decodeManifest(body);
  return body;
}

/** @throws BcError ERR_FORMAT */
export function decodeManifest(body: Bytes): AttachmentManifest {
  const reader = new Reader(body);
  if (reader.u8() !== LAYOUT) throw malformed('unknown layout');
  const [fileId, key, prefix] = [reader.bytes(16), reader.bytes(32), reader.bytes(7)];
  const [size, padded, hash] = [reader.u64(), reader.u64(), reader.bytes(32)];
  if (size < 1 || size > MAX_ATTACHMENT_BYTES || padded !== paddedSize(size)) throw malformed('wrong size');
  const name = shortText(reader.v16(), MAX_FILE_NAME_BYTES);
  const mediaType = shortText(reader.v16(), MAX_MEDIA_TYPE_BYTES);
  if (!MEDIA_TYPE.test(mediaType)) throw malformed('no media type');
  const [width, height] = [reader.u16(), reader.u16()];
  const preview = reader.v16();
  if (preview.length > MAX_PREVIEW_BYTES) throw malformed('the preview is too large');
  reader.end();
  return { key: { fileId, key, prefix, size, hash }, name, mediaType, width, height, preview };
}

function shortText(bytes: Bytes, max: number): string {
  if (bytes.length === 0 || bytes.length > max) throw malformed('a text has the wrong length');
  return decodeText(bytes);
}

const malformed = (message: string): BcError => new BcError('ERR_FORMAT', message);
