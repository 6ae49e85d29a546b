import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/**
 * A detached Ed25519 signature over the bytes of a manifest, in base64. OpenSSL makes and checks the same:
 * `openssl pkeyutl -verify -pubin -inkey release.pub -rawin -in manifest.json -sigfile <(base64 -d manifest.json.sig)`.
 */
export const signatureOf = (text: string, key: KeyObject): string =>
  sign(null, Buffer.from(text, 'utf8'), key).toString('base64');

export const isSignedBy = (text: string, signature: string, key: KeyObject): boolean =>
  verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature.trim(), 'base64'));

/** An Ed25519 key in PEM, as `openssl genpkey -algorithm ed25519` makes it; undefined when it is none. */
export function readPrivateKey(pem: string): KeyObject | undefined {
  return ed25519(() => createPrivateKey(pem));
}

/** The public half of it, as `openssl pkey -pubout` writes it; undefined when it is none. */
export function readPublicKey(pem: string): KeyObject | undefined {
  return pem.includes('PRIVATE KEY') ? undefined : ed25519(() => createPublicKey(pem));
}

function ed25519(read: () => KeyObject): KeyObject | undefined {
  try {
    const key = read();
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}
