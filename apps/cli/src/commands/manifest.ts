import type { KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { Failure, usage } from '../failure.ts';
import { readText } from '../input/read-text.ts';
import type { Io } from '../io.ts';
import { manifestOf, printManifest, SIGNATURE_SUFFIX } from '../verify/manifest.ts';
import { readPrivateKey, signatureOf } from '../verify/signature.ts';

interface Options {
  output?: string;
  key?: string;
}

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
    .option('--key <file>', 'sign with this Ed25519 private key, in PEM; the signature goes to <output>.sig')
    .action((folder: string, options: Options) => manifest(io, folder, options));
}

async function manifest(io: Io, folder: string, { output, key }: Options): Promise<void> {
  const signer = key === undefined ? undefined : await privateKeyIn(key);
  if (signer && output === undefined) throw usage('A signature needs an --output to stand beside.');
  try {
    const text = printManifest(await manifestOf(folder, output));
    if (output === undefined) io.stdout.write(text);
    else await writeFile(output, text);
    if (output !== undefined && signer)
      await writeFile(`${output}${SIGNATURE_SUFFIX}`, `${signatureOf(text, signer)}\n`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure(EXIT.failed, code === undefined ? message : `The manifest can't be made (${code}).`);
  }
}

async function privateKeyIn(file: string): Promise<KeyObject> {
  const key = readPrivateKey(await readText('The key', file));
  if (!key) throw usage('This is no private key: it should be an Ed25519 one, in PEM.');
  return key;
}
