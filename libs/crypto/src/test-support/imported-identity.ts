import type { Bytes } from '../bytes.ts';
import { type Identity, identityOf } from '../identity.ts';
import { parseKeyPackageCore, splitKeyPackage } from '../key-package.ts';
import type { Suite } from '../suites.ts';

export interface PrivateKeys {
  signing: Bytes;
  rsa: Bytes;
  dh: Bytes | undefined;
}

/** An identity from PKCS #8 keys; the public halves come from its key package. */
export async function importIdentity(
  suite: Suite,
  keyPackage: Bytes,
  { signing, rsa, dh }: PrivateKeys,
): Promise<Identity> {
  const { subtle } = globalThis.crypto;
  const { sigPub, rsaSpki, dhPub } = parseKeyPackageCore(splitKeyPackage(keyPackage).core);
  const p256 = { namedCurve: 'P-256' };
  return identityOf(suite, sigPub, {
    signing: await subtle.importKey('pkcs8', signing, { name: 'ECDSA', ...p256 }, false, ['sign']),
    rsa: await subtle.importKey('pkcs8', rsa, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['decrypt']),
    rsaSpki,
    dh: dh && (await subtle.importKey('pkcs8', dh, { name: 'ECDH', ...p256 }, false, ['deriveBits'])),
    dhPub,
  });
}
