import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { finishPage, readOrigin } from './finish-page.ts';
import { hashesOf } from './hashes.ts';
import { SHELL_WORKER, shellCode, shellWorker } from './shell.ts';

/**
 * The last step of the web client's build: `node tools/delivery/finish.ts <bundle> <folder>` copies what Angular has
 * built, holds every script to its hash, gives the worker that keeps the page its list of files, and lists all files with
 * theirs in manifest.json. With API_ORIGIN in the environment the page talks to a gateway of another origin. What is
 * finished may be finished anew, also in place.
 */
const [bundle = '', folder = ''] = process.argv.slice(2);
if (!existsSync(join(bundle, 'index.html'))) throw new Error(`There is no built page in "${bundle}".`);

const MANIFEST = 'manifest.json';

if (resolve(bundle) !== resolve(folder)) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(bundle, folder, { recursive: true });
}
const code = await shellCode(folder);
for (const made of [MANIFEST, `${MANIFEST}.sig`, SHELL_WORKER]) rmSync(join(folder, made), { force: true });
const index = join(folder, 'index.html');
const html = readFileSync(index, 'utf8');
const integrity = laterScripts(html);
writeFileSync(index, finishPage(html, { integrity, apiOrigin: readOrigin(process.env['API_ORIGIN']) }));
writeFileSync(join(folder, SHELL_WORKER), shellWorker(code, hashesOf(folder, 'sha256')));
const files = hashesOf(folder, 'sha256');
writeFileSync(join(folder, MANIFEST), `${JSON.stringify({ files }, undefined, 2)}\n`);

/** All scripts but those that the page names itself, with an integrity of their own. */
function laterScripts(page: string): Record<string, string> {
  const hashes = Object.entries(hashesOf(folder, 'sha384')).filter(([path]) => path.endsWith('.js'));
  const later = hashes.filter(([path]) => !page.includes(`src="/${path}"`));
  return Object.fromEntries(later.map(([path, hash]) => [`/${path}`, hash]));
}
