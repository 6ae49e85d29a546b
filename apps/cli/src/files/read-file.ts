import { stat, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { FileToSend } from '@bytechat/client';
import { usage } from '../failure.ts';

/** Of what people send most; everything else is bytes. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.log': 'text/plain',
  '.md': 'text/markdown',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.zip': 'application/zip',
};

/** A file as it is, under its own name. @throws {Failure} wrong usage, when it can't be read. */
export async function readFileToSend(path: string): Promise<FileToSend> {
  try {
    if (!(await stat(path)).isFile()) throw usage('What --file names is not a file.');
    const mediaType = MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
    return { data: new Uint8Array(await readFile(path)), name: basename(path), mediaType };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw typeof code === 'string' ? usage(`What --file names can't be read (${code}).`) : error;
  }
}
