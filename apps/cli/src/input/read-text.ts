import { readFile } from 'node:fs/promises';
import { usage } from '../failure.ts';

/** The text of a file that an argument names. @throws {Failure} wrong usage, when it can't be read. */
export async function readText(what: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw usage(`${what} can't be read (${(error as NodeJS.ErrnoException).code ?? 'error'}).`);
  }
}
