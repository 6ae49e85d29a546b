import type { Command } from 'commander';
import { EXIT, EXIT_NOT_COMPARED } from '../exit-codes.ts';
import { Failure, usage } from '../failure.ts';
import type { Io } from '../io.ts';
import { terminalSafe } from '../output/terminal-safe.ts';
import { NotReachable } from '../verify/as-browser.ts';
import { compareSite, countAddresses, type Difference } from '../verify/compare.ts';
import type { Manifest } from '../verify/manifest.ts';
import { trustedManifest, type Trust } from '../verify/trusted-manifest.ts';

/** `verify <url>`: does a server serve the published client, byte for byte? */
export function addVerify(program: Command, io: Io): void {
  program
    .command('verify')
    .summary('compare what a server serves with a manifest')
    .description(
      'Fetches every file that a manifest names as a browser would, and the start page, and compares them. ' +
        'The manifest is a file of yours, or the one the server serves with a signature by a key of yours. ' +
        'Exit code 0 when all are equal, 1 when not, 2 when they could not be compared.',
    )
    .argument('<url>', 'where the web client is served')
    .option('--manifest <file>', 'manifest of the release, as `bytechat manifest` makes it')
    .option('--public-key <file>', 'Ed25519 key, in PEM, that the manifest must be signed with')
    .action((url: string, trust: Trust) => verify(io, url, trust));
}

async function verify(io: Io, url: string, trust: Trust): Promise<void> {
  const site = siteOf(url);
  const { manifest, differences } = await unlessAway(async () => {
    const trusted = await trustedManifest(site, trust, io.interrupted);
    return { manifest: trusted, differences: await compareSite(site, trusted, io.interrupted) };
  });
  tell(io, manifest, differences);
}

function siteOf(url: string): URL {
  const site = URL.parse(url);
  if (!site || !/^https?:$/.test(site.protocol)) throw usage('The address begins with https:// or http://.');
  return site;
}

function tell(io: Io, manifest: Manifest, differences: readonly Difference[]): void {
  const count = countAddresses(manifest);
  for (const { path, what } of differences) io.stdout.write(`${terminalSafe(path)}: ${what}\n`);
  if (differences.length > 0)
    throw new Failure(EXIT.failed, `${differences.length} of ${count} addresses differ from the manifest.`);
  io.stdout.write(`All ${count} addresses serve what the manifest says.\n`);
}

async function unlessAway<T>(compare: () => Promise<T>): Promise<T> {
  try {
    return await compare();
  } catch (error) {
    if (!(error instanceof NotReachable)) throw error;
    throw new Failure(EXIT_NOT_COMPARED, `The server can not be reached (${error.message}).`);
  }
}
