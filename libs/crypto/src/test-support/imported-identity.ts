import type { Bytes } from '../bytes.ts';
import { type Identity, identityOf, type LeafKeys } from '../identity.ts';
import { parseKeyPackageCore, splitKeyPackage } from '../key-package.ts';
import type { Suite } from '../suites.ts';

interface PrivateLeaf {
  rsa: Bytes;
  dh: Bytes | undefined;
}

export interface PrivateKeys extends PrivateLeaf {
  signing: Bytes;
}

const P256 = { namedCurve: 'P-256' };

/** An identity from PKCS #8 keys; the public halves come from its key package. */
export async function importIdentity(
  suite: Suite,
  keyPackage: Bytes,
  { signing, ...leaf }: PrivateKeys,
): Promise<Identity> {
  const { sigPub, rsaSpki, dhPub } = parseKeyPackageCore(splitKeyPackage(keyPackage).core);
  const algorithm = { name: 'ECDSA', ...P256 };
  return identityOf(suite, sigPub, {
    signing: await globalThis.crypto.subtle.importKey('pkcs8', signing, algorithm, false, ['sign']),
    ...(await importLeaf(leaf, { rsaSpki, dhPub })),
  });
}

/** Leaf keys from PKCS #8. */
export async function importLeaf(
  { rsa, dh }: PrivateLeaf,
  publics: Pick<LeafKeys, 'rsaSpki' | 'dhPub'>,
): Promise<LeafKeys> {
  const { subtle } = globalThis.crypto;
  const oaep = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const ecdh = { name: 'ECDH', ...P256 };
  return {
    rsa: await subtle.importKey('pkcs8', rsa, oaep, false, ['decrypt']),
    dh: dh && (await subtle.importKey('pkcs8', dh, ecdh, false, ['deriveBits'])),
    ...publics,
  };
}
