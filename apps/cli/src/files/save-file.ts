import { stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { EXIT } from '../exit-codes.ts';
import { Failure, usage } from '../failure.ts';

/** Files of one name in one folder. */
const MAX_NAMESAKES = 1_000;

/** @throws {Failure} wrong usage, when there is no such folder. */
export async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) throw usage('What --save names is not a folder.');
}

/**
 * Writes a file into a folder, for this user only, never over another one: "plan.pdf", "plan (2).pdf", …
 * @param name one segment, as the SDK cleans it. @returns where it lies now
 */
export async function saveFile(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const extension = extname(name);
  const stem = basename(name, extension);
  for (let number = 1; number <= MAX_NAMESAKES; number++) {
    const path = join(folder, basename(number === 1 ? name : `${stem} (${number})${extension}`));
    try {
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Failure(EXIT.failed, 'Too many files of this name are there already.');
}
