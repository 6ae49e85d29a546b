import { type Bytes, concat } from './bytes.ts';
import { BcError } from './errors.ts';
import { tag } from './labels.ts';
import type { Suite } from './suites.ts';
import {
  ecdsaSign,
  exportPoint,
  exportSpki,
  generateDhKeyPair,
  generateRsaKeyPair,
  generateSigningKeyPair,
  sha256,
} from './webcrypto.ts';

/** Where RSA pairs come from. Making one takes 50 to 300 ms, so tests with many members replace it. */
export interface KeySource {
  rsaKeyPair(): Promise<CryptoKeyPair>;
}

export const webCryptoKeySource: KeySource = { rsaKeyPair: generateRsaKeyPair };

/** A member's keys for one session (PROTOCOL §6.5). The private halves can't be exported and never leave this package. */
export interface Identity {
  readonly suite: Suite;
  readonly sigPub: Bytes;
  /** Forgets the private keys; using the identity afterwards throws `ERR_KEY_GONE`. */
  erase(): void;
}

export interface IdentityKeys {
  signing: CryptoKey;
  rsa: CryptoKey;
  rsaSpki: Bytes;
  /** Suite 2 only. */
  dh: CryptoKey | undefined;
  /** Empty in suite 1. */
  dhPub: Bytes;
}

const keysByIdentity = new WeakMap<Identity, IdentityKeys>();

/** New keys: ECDSA P-256, RSA-OAEP-2048 and in suite 2 ECDH P-256. */
export async function createIdentity(
  suite: Suite,
  source: KeySource = webCryptoKeySource,
): Promise<Identity> {
  const [signing, rsa, dh] = await Promise.all([
    generateSigningKeyPair(),
    source.rsaKeyPair(),
    suite === 2 ? generateDhKeyPair() : undefined,
  ]);
  return identityOf(suite, await exportPoint(signing.publicKey), {
    signing: signing.privateKey,
    rsa: rsa.privateKey,
    rsaSpki: await exportSpki(rsa.publicKey),
    dh: dh?.privateKey,
    dhPub: dh ? await exportPoint(dh.publicKey) : new Uint8Array(0),
  });
}

/** An identity over keys that exist already. Internal: the vectors need it. */
export function identityOf(suite: Suite, sigPub: Bytes, keys: IdentityKeys): Identity {
  const identity: Identity = {
    suite,
    sigPub,
    erase: () => {
      keysByIdentity.delete(identity);
    },
  };
  keysByIdentity.set(identity, keys);
  return identity;
}

/** @throws BcError ERR_KEY_GONE after `erase()`. */
export function keysOf(identity: Identity): IdentityKeys {
  const keys = keysByIdentity.get(identity);
  if (!keys) throw new BcError('ERR_KEY_GONE', 'the keys of this identity were erased');
  return keys;
}

/** Signs `TAG(label) ‖ data` as this identity. */
export async function signAs(identity: Identity, label: string, data: Bytes): Promise<Bytes> {
  return ecdsaSign(keysOf(identity).signing, concat(tag(label), data));
}

/** A member's name inside its room (16 bytes): bound to the room's first rid and the signing key. */
export async function memberId(rid0: Bytes, sigPub: Bytes): Promise<Bytes> {
  return (await sha256(concat(tag('mid'), rid0, sigPub))).slice(0, 16);
}

/** Proof for `resume` over the socket's one-time challenge (PROTOCOL §6.17): no bearer token exists to steal. */
export async function signResume(
  identity: Identity,
  challenge: Bytes,
  rid: Bytes,
  mid: Bytes,
): Promise<Bytes> {
  return signAs(identity, 'resume', concat(challenge, rid, mid));
}
