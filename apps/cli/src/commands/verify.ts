import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT, EXIT_NOT_COMPARED } from '../exit-codes.ts';
import { Failure, usage } from '../failure.ts';
import type { Io } from '../io.ts';
import { terminalSafe } from '../output/terminal-safe.ts';
import { NotReachable } from '../verify/as-browser.ts';
import { compareSite, countAddresses, type Difference } from '../verify/compare.ts';
import { parseManifest, type Manifest } from '../verify/manifest.ts';

/** `verify <url>`: does a server serve the published client, byte for byte? */
export function addVerify(program: Command, io: Io): void {
  program
    .command('verify')
    .summary('compare what a server serves with a manifest')
    .description(
      'Fetches every file that a manifest names as a browser would, and the start page, and compares them. ' +
        'Exit code 0 when all are equal, 1 when not, 2 when they could not be compared.',
    )
    .argument('<url>', 'where the web client is served')
    .requiredOption('--manifest <file>', 'manifest of the release, as `bytechat manifest` makes it')
    .action((url: string, options: { manifest: string }) => verify(io, url, options.manifest));
}

async function verify(io: Io, url: string, file: string): Promise<void> {
  const site = siteOf(url);
  const manifest = await readManifest(file);
  const differences = await differencesOf(site, manifest, io.interrupted);
  const count = countAddresses(manifest);
  for (const { path, what } of differences) io.stdout.write(`${terminalSafe(path)}: ${what}\n`);
  if (differences.length > 0)
    throw new Failure(EXIT.failed, `${differences.length} of ${count} addresses differ from the manifest.`);
  io.stdout.write(`All ${count} addresses serve what the manifest says.\n`);
}

function siteOf(url: string): URL {
  const site = URL.parse(url);
  if (!site || !/^https?:$/.test(site.protocol)) throw usage('The address begins with https:// or http://.');
  return site;
}

async function readManifest(file: string): Promise<Manifest> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    throw usage(`The manifest can't be read (${(error as NodeJS.ErrnoException).code ?? 'error'}).`);
  }
  const manifest = parseManifest(content);
  if (!manifest) throw usage('This is no manifest: it should be {"files": {"path": "sha256-…"}}.');
  return manifest;
}

async function differencesOf(site: URL, manifest: Manifest, until: AbortSignal): Promise<Difference[]> {
  try {
    return await compareSite(site, manifest, until);
  } catch (error) {
    if (!(error instanceof NotReachable)) throw error;
    throw new Failure(EXIT_NOT_COMPARED, `The server can not be reached (${error.message}).`);
  }
}
