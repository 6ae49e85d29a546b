import type { KeyObject } from 'node:crypto';
import { EXIT } from '../exit-codes.ts';
import { Failure, usage } from '../failure.ts';
import { readText } from '../input/read-text.ts';
import { textAsBrowser } from './as-browser.ts';
import { addressOf } from './compare.ts';
import { MANIFEST_NAME, parseManifest, SIGNATURE_SUFFIX, type Manifest } from './manifest.ts';
import { isSignedBy, readPublicKey } from './signature.ts';

/** Where the truth comes from: a manifest of one's own, or the key of who has signed the server's; or both. */
export interface Trust {
  manifest?: string;
  publicKey?: string;
}

/** The manifest to compare with. @throws {Failure} when there is none that one may trust. @throws {NotReachable} */
export async function trustedManifest(site: URL, trust: Trust, until: AbortSignal): Promise<Manifest> {
  const key = trust.publicKey === undefined ? undefined : await publicKeyIn(trust.publicKey);
  if (trust.manifest !== undefined) return parsed(await fromFile(trust.manifest, key));
  if (key !== undefined) return parsed(await fromServer(site, key, until));
  throw usage('Give --manifest of a build that you trust, or --public-key of who released it.');
}

async function publicKeyIn(file: string): Promise<KeyObject> {
  const key = readPublicKey(await readText('The public key', file));
  if (!key) throw usage('This is no public key: it should be an Ed25519 one, in PEM.');
  return key;
}

async function fromFile(file: string, key: KeyObject | undefined): Promise<string> {
  const text = await readText('The manifest', file);
  if (key) checkSignature(text, await readText('The signature', `${file}${SIGNATURE_SUFFIX}`), key);
  return text;
}

async function fromServer(site: URL, key: KeyObject, until: AbortSignal): Promise<string> {
  const get = (path: string) => textAsBrowser(addressOf(site, path), until);
  const [text, signature] = [await get(MANIFEST_NAME), await get(`${MANIFEST_NAME}${SIGNATURE_SUFFIX}`)];
  if (text === undefined || signature === undefined)
    throw new Failure(EXIT.failed, 'The server serves no signed manifest.');
  checkSignature(text, signature, key);
  return text;
}

function checkSignature(text: string, signature: string, key: KeyObject): void {
  if (!isSignedBy(text, signature, key))
    throw new Failure(EXIT.failed, 'The manifest is not signed with this key.');
}

function parsed(text: string): Manifest {
  const manifest = parseManifest(text);
  if (!manifest) throw usage('This is no manifest: it should be {"files": {"path": "sha256-…"}}.');
  return manifest;
}
