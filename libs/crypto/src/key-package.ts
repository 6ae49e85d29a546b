import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import { type Identity, keysOf, memberId, signAs } from './identity.ts';
import type { Invite } from './invite.ts';
import { tag } from './labels.ts';
import { Reader } from './reader.ts';
import { requireCanonicalRsaKey } from './rsa-key.ts';
import { parseSuite, requireSuite, SUITES, type Suite, VERSION } from './suites.ts';
import { ecdsaVerify, hmacSha256, importDhKey, importVerifyKey, randomBytes, sha256 } from './webcrypto.ts';
import { u16, u64, u8, v16 } from './writer.ts';

const MAC_BYTES = 32;
const SIGNATURE_BYTES = 64;
const RESERVED = 0;

/** What a newcomer shows to be let in, and its hash (`kph`), which names it from then on. */
export interface KeyPackage {
  bytes: Bytes;
  kph: Bytes;
}

/** The fields of PROTOCOL §6.5 without the MAC: the part that `kph` is the hash of. */
export interface KeyPackageCore {
  suite: Suite;
  rid: Bytes;
  /** 0 today, and not judged: the rid and the MAC name the link already. */
  reserved: number;
  createdMs: number;
  nonce: Bytes;
  sigPub: Bytes;
  rsaSpki: Bytes;
  dhPub: Bytes;
  signature: Bytes;
  /** The bytes the signature covers. */
  signed: Bytes;
}

export interface CheckedKeyPackage {
  kph: Bytes;
  sigPub: Bytes;
  createdMs: number;
  mid(rid0: Bytes): Promise<Bytes>;
}

export async function createKeyPackage(
  identity: Identity,
  invite: Invite,
  { createdMs }: { createdMs: number },
): Promise<KeyPackage> {
  const { rsaSpki, dhPub } = keysOf(identity);
  const unsigned = concat(
    concat(u8(VERSION), u16(identity.suite), invite.rid, u16(RESERVED), u64(createdMs)),
    concat(randomBytes(16), v16(identity.sigPub), v16(rsaSpki), v16(dhPub)),
  );
  const core = concat(unsigned, v16(await signAs(identity, 'KP', unsigned)));
  return { bytes: concat(core, await keyPackageMac(invite, core)), kph: await sha256(core) };
}

/** Splits a key package into the part that is hashed and its MAC. @throws BcError ERR_FORMAT when it is too short. */
export function splitKeyPackage(bytes: Bytes): { core: Bytes; mac: Bytes } {
  if (bytes.length <= MAC_BYTES) throw new BcError('ERR_FORMAT', 'the key package is too short');
  return { core: bytes.slice(0, -MAC_BYTES), mac: bytes.slice(-MAC_BYTES) };
}

/** @throws BcError ERR_FORMAT */
export function parseKeyPackageCore(core: Bytes): KeyPackageCore {
  const reader = new Reader(core);
  const suite = parseSuite(reader.u8(), reader.u16());
  const head = {
    suite,
    rid: reader.bytes(16),
    reserved: reader.u16(),
    createdMs: reader.u64(),
    nonce: reader.bytes(16),
  };
  const keys = { sigPub: reader.v16(), rsaSpki: reader.v16(), dhPub: reader.v16() };
  const signed = reader.since(0);
  const signature = reader.v16();
  reader.end();
  return { ...head, ...keys, signature, signed };
}

/**
 * All checks of PROTOCOL §6.5 that every member makes identically, but "not in the roster": no clock, no private state.
 * @throws BcError ERR_FORMAT, ERR_SUITE, ERR_INVITE (another room, or a link that is over), ERR_KP_MAC (no link or password, or
 * keys swapped on the way), ERR_KP_SIG, ERR_KEY
 */
export async function checkKeyPackage(
  kp: Bytes,
  invite: Invite,
  expected: { suite: Suite },
): Promise<CheckedKeyPackage> {
  const { core, mac } = splitKeyPackage(kp);
  const parsed = parseKeyPackageCore(core);
  requireSuite(parsed.suite, expected.suite);
  requireInvite(parsed, invite);
  if (!equalBytes(mac, await keyPackageMac(invite, core))) {
    throw new BcError('ERR_KP_MAC', 'the key package was not made with this link and password');
  }
  await requireOwnSignature(parsed);
  await requireSoundKeys(parsed);
  return {
    kph: await sha256(core),
    sigPub: parsed.sigPub,
    createdMs: parsed.createdMs,
    mid: (rid0) => memberId(rid0, parsed.sigPub),
  };
}

/** @throws BcError ERR_KEY when the keys to wrap to aren't canonical for the suite. */
export async function requireSoundKeys({
  suite,
  rsaSpki,
  dhPub,
}: Pick<KeyPackageCore, 'suite' | 'rsaSpki' | 'dhPub'>): Promise<void> {
  requireCanonicalRsaKey(rsaSpki);
  if (dhPub.length !== SUITES[suite].dhPointBytes) {
    throw new BcError('ERR_KEY', 'the ECDH key has the wrong length');
  }
  if (dhPub.length > 0 && !(await importDhKey(dhPub))) {
    throw new BcError('ERR_KEY', 'the ECDH key is not a point of P-256');
  }
}

function requireInvite(core: KeyPackageCore, invite: Invite): void {
  if (!equalBytes(core.rid, invite.rid)) {
    throw new BcError('ERR_INVITE', 'the key package is for another room or link');
  }
}

async function requireOwnSignature({ sigPub, signature, signed }: KeyPackageCore): Promise<void> {
  const key = await importVerifyKey(sigPub);
  if (!key) throw new BcError('ERR_KEY', 'the signing key is not a point of P-256');
  const valid =
    signature.length === SIGNATURE_BYTES && (await ecdsaVerify(key, signature, concat(tag('KP'), signed)));
  if (!valid) throw new BcError('ERR_KP_SIG', 'the key package is not signed by its own key');
}

function keyPackageMac(invite: Invite, core: Bytes): Promise<Bytes> {
  return hmacSha256(invite.joinKey, concat(tag('KPMAC'), core));
}
