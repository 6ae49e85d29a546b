import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { mix } from './derive.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { type Identity, type LeafKeys, leavesOf } from './identity.ts';
import type { Invite } from './invite.ts';
import { tag } from './labels.ts';
import { importCanonicalRsaKey } from './rsa-key.ts';
import { SUITES, type Suite } from './suites.ts';
import {
  aesGcmOpen,
  aesGcmSeal,
  ecdh,
  exportPoint,
  generateDhKeyPair,
  hmacSha256,
  importDhKey,
  randomBytes,
  rsaUnwrap,
  rsaWrap,
  sha256,
} from './webcrypto.ts';
import { u16, u32, v16 } from './writer.ts';

const RSA_BYTES = 256;
const SECRET_BYTES = 32;
/** Safe although constant: the key of this encryption is used once (PROTOCOL §6.8). */
const ZERO_IV = new Uint8Array(12);

export interface TaggedWrap {
  wrap: Bytes;
  tag: Bytes;
}

/** What a wrap is bound to: `from` is the committer's mid for a rekey, the newcomer's kph for a welcome. */
export interface WrapContext {
  kind: 'rekey' | 'welcome';
  gid: Bytes;
  newEpoch: number;
  from: Bytes;
}

/** The ECDH half that one commit uses for all its wraps; in suite 1 there is none and `point` is empty. */
export interface EphemeralKey {
  key: CryptoKey | undefined;
  point: Bytes;
}

export interface WrapKeys {
  rsaSpki: Bytes;
  dhPub: Bytes;
}

export async function createEphemeralKey(suite: Suite): Promise<EphemeralKey> {
  if (suite === 1) return { key: undefined, point: new Uint8Array(0) };
  const pair = await generateDhKeyPair();
  return { key: pair.privateKey, point: await exportPoint(pair.publicKey) };
}

/** Encrypts 32 bytes to a member (PROTOCOL §6.8): 256 bytes in suite 1, 304 in suite 2. */
export async function wrapSecret(
  to: WrapKeys,
  context: WrapContext,
  ephemeral: EphemeralKey,
  secret: Bytes,
): Promise<Bytes> {
  const label = await wrapLabel(context, to);
  const rsaKey = await importCanonicalRsaKey(to.rsaSpki);
  if (!ephemeral.key) return rsaWrap(rsaKey, label, secret);
  const random = randomBytes(SECRET_BYTES);
  const kek = await keyEncryptionKey(ephemeral.key, to.dhPub, random, concat(label, ephemeral.point));
  const wrapped = concat(await rsaWrap(rsaKey, label, random), await aesGcmSeal(kek, ZERO_IV, label, secret));
  erase(random, kek);
  return wrapped;
}

/**
 * Decrypts a wrap whose tag was checked before, with whichever leaf keys it was made for. @throws BcError ERR_UNWRAP, ERR_KEY (bad point of the committer),
 * ERR_KEY_GONE
 */
export async function unwrapSecret(
  identity: Identity,
  context: WrapContext,
  ephemeralPoint: Bytes,
  wrap: Bytes,
): Promise<Bytes> {
  if (wrap.length !== SUITES[identity.suite].wrapBytes) throw unwrapFailed();
  for (const leaf of leavesOf(identity)) {
    const secret = await unwrapWith(leaf, context, ephemeralPoint, wrap);
    if (!secret) continue;
    leaf.used = true;
    return secret;
  }
  throw unwrapFailed();
}

/** `undefined` when the wrap isn't for these keys. */
async function unwrapWith(
  keys: LeafKeys,
  context: WrapContext,
  ephemeralPoint: Bytes,
  wrap: Bytes,
): Promise<Bytes | undefined> {
  const label = await wrapLabel(context, keys);
  const inner = await rsaUnwrap(keys.rsa, label, wrap.slice(0, RSA_BYTES));
  if (inner?.length !== SECRET_BYTES) return undefined;
  if (!keys.dh) return inner;
  const kek = await keyEncryptionKey(keys.dh, ephemeralPoint, inner, concat(label, ephemeralPoint));
  const secret = await aesGcmOpen(kek, ZERO_IV, label, wrap.slice(RSA_BYTES));
  erase(inner, kek);
  return secret?.length === SECRET_BYTES ? secret : undefined;
}

/** `wt`: made by holders of the link only, so that the server has no decryption oracle. */
export async function wrapTag(invite: Invite, commitId: Bytes, idx: number, wrap: Bytes): Promise<Bytes> {
  return (await hmacSha256(invite.controlKey, concat(tag('wt'), commitId, u16(idx), wrap))).slice(0, 16);
}

/** To be called before any RSA operation. @throws BcError ERR_WRAP_MAC */
export async function requireWrapTag(
  invite: Invite,
  commitId: Bytes,
  idx: number,
  { wrap, tag: given }: TaggedWrap,
): Promise<void> {
  if (!equalBytes(given, await wrapTag(invite, commitId, idx, wrap))) {
    throw new BcError('ERR_WRAP_MAC', 'the wrapped key does not belong to this commit');
  }
}

function wrapLabel({ kind, gid, newEpoch, from }: WrapContext, to: WrapKeys): Promise<Bytes> {
  return sha256(concat(tag(`wrap ${kind}`), gid, u32(newEpoch), from, v16(to.rsaSpki), v16(to.dhPub)));
}

async function keyEncryptionKey(
  privateKey: CryptoKey,
  point: Bytes,
  random: Bytes,
  context: Bytes,
): Promise<Bytes> {
  const publicKey = await importDhKey(point);
  if (!publicKey) throw new BcError('ERR_KEY', 'the ECDH key is not a point of P-256');
  const shared = await ecdh(privateKey, publicKey);
  const kek = await mix(shared, random, 'kek', context);
  erase(shared);
  return kek;
}

function unwrapFailed(): BcError {
  return new BcError('ERR_UNWRAP', 'the wrapped key can not be opened');
}
