import { type Bytes, concat } from './bytes.ts';
import { erase } from './erase.ts';
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

const MAX_KU_SEQ = 0xffff;

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

/** The keys that others wrap to. */
export interface LeafKeys {
  rsa: CryptoKey;
  rsaSpki: Bytes;
  /** Suite 2 only. */
  dh: CryptoKey | undefined;
  /** Empty in suite 1. */
  dhPub: Bytes;
}

export interface IdentityKeys extends LeafKeys {
  signing: CryptoKey;
}

/** Leaf keys with their number: 0 are the first, each key update counts one up. */
export interface Leaf extends LeafKeys {
  kuSeq: number;
  /** Something was decrypted with them, so they should be replaced. */
  used: boolean;
}

interface HeldKeys {
  signing: CryptoKey;
  source: KeySource;
  /** Newest first, never empty. */
  leaves: [Leaf, ...Leaf[]];
}

const heldByIdentity = new WeakMap<Identity, HeldKeys>();

/** New keys: ECDSA P-256, RSA-OAEP-2048 and in suite 2 ECDH P-256. */
export async function createIdentity(
  suite: Suite,
  source: KeySource = webCryptoKeySource,
): Promise<Identity> {
  const [signing, leaf] = await Promise.all([generateSigningKeyPair(), createLeafKeys(suite, source)]);
  const keys = { signing: signing.privateKey, ...leaf };
  return identityOf(suite, await exportPoint(signing.publicKey), keys, source);
}

/** An identity over keys that exist already. Internal: the vectors need it. */
export function identityOf(
  suite: Suite,
  sigPub: Bytes,
  { signing, ...leaf }: IdentityKeys,
  source: KeySource = webCryptoKeySource,
): Identity {
  const identity: Identity = {
    suite,
    sigPub,
    erase: () => {
      heldByIdentity.delete(identity);
    },
  };
  heldByIdentity.set(identity, { signing, source, leaves: [{ ...leaf, kuSeq: 0, used: false }] });
  return identity;
}

/** The signing key and the newest leaf keys. @throws BcError ERR_KEY_GONE after `erase()`. */
export function keysOf(identity: Identity): IdentityKeys {
  const { signing, leaves } = heldOf(identity);
  return { signing, ...leaves[0] };
}

/** All leaf keys that aren't dropped yet, newest first. @throws BcError ERR_KEY_GONE after `erase()`. */
export function leavesOf(identity: Identity): readonly [Leaf, ...Leaf[]] {
  return heldOf(identity).leaves;
}

/**
 * Makes the next leaf keys; they count at once, and the older ones stay until they are dropped.
 * @throws BcError ERR_KEY_GONE, ERR_KU after 65,535 updates
 */
export async function renewLeaf(identity: Identity): Promise<Leaf> {
  const keys = await createLeafKeys(identity.suite, heldOf(identity).source);
  const { leaves } = heldOf(identity);
  if (leaves[0].kuSeq >= MAX_KU_SEQ) {
    throw new BcError('ERR_KU', 'this identity has used up its key updates');
  }
  const leaf = { ...keys, kuSeq: leaves[0].kuSeq + 1, used: false };
  leaves.unshift(leaf);
  return leaf;
}

/** Forgets all leaf keys older than that number; the newest always stay. @throws BcError ERR_KEY_GONE */
export function dropLeavesBefore(identity: Identity, kuSeq: number): void {
  const held = heldOf(identity);
  const [newest, ...older] = held.leaves;
  held.leaves = [newest, ...older.filter((leaf) => leaf.kuSeq >= kuSeq)];
}

async function createLeafKeys(suite: Suite, source: KeySource): Promise<LeafKeys> {
  const [rsa, dh] = await Promise.all([source.rsaKeyPair(), suite === 2 ? generateDhKeyPair() : undefined]);
  return {
    rsa: rsa.privateKey,
    rsaSpki: await exportSpki(rsa.publicKey),
    dh: dh?.privateKey,
    dhPub: dh ? await exportPoint(dh.publicKey) : new Uint8Array(0),
  };
}

function heldOf(identity: Identity): HeldKeys {
  const held = heldByIdentity.get(identity);
  if (!held) throw new BcError('ERR_KEY_GONE', 'the keys of this identity were erased');
  return held;
}

/** Signs `TAG(label) ‖ data` as this identity. */
export async function signAs(identity: Identity, label: string, data: Bytes): Promise<Bytes> {
  const input = concat(tag(label), data);
  try {
    return await ecdsaSign(keysOf(identity).signing, input);
  } finally {
    erase(input);
  }
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
