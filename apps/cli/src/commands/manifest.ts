import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import { manifestOf, printManifest } from '../verify/manifest.ts';

/** `manifest <folder>`: the hashes of a built web client, for `verify`. */
export function addManifest(program: Command, io: Io): void {
  program
    .command('manifest')
    .summary('write the manifest of a built web client')
    .description(
      'Prints the SHA-256 of every file in a folder, sorted: the same files give the same manifest.',
    )
    .argument('<folder>', 'built web client, such as apps/web/dist')
    .option('--output <file>', 'write to a file, which is left out of the manifest')
    .action((folder: string, options: { output?: string }) => manifest(io, folder, options.output));
}

async function manifest(io: Io, folder: string, output?: string): Promise<void> {
  try {
    const text = printManifest(await manifestOf(folder, output));
    if (output === undefined) io.stdout.write(text);
    else await writeFile(output, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure(EXIT.failed, code === undefined ? message : `The manifest can't be made (${code}).`);
  }
}
