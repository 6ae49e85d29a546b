import { type Bytes, concat } from './bytes.ts';
import { mix } from './derive.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { eraseInvite, type Invite, inviteFrom, type PasswordStretch, stretchPassword } from './invite.ts';
import { encodeInviteCode, LINK_SECRET_BYTES } from './invite-code.ts';
import { aesGcmOpen, aesGcmSeal, randomBytes } from './webcrypto.ts';
import { u32 } from './writer.ts';

/** Safe although constant: the key of this encryption is used once (PROTOCOL §6.10). */
const ZERO_IV = new Uint8Array(12);

/** The room's invite after a rotation, as every member who stays learns it. */
export interface RotatedInvite {
  /** 32 characters, as in `createInviteCode`. */
  code: string;
  linkSecret: Bytes;
  invite: Invite;
  inviteGeneration: number;
}

/** The room's password, which a rotation needs once more: the new link stretches it with another salt. */
export interface RotationPassword {
  password: string;
  stretch: PasswordStretch;
}

/** What the key of a rotation comes from: the kicked member has `init`, but not the commit secret. */
export interface RotationKeys {
  gid: Bytes;
  newEpoch: number;
  init: Bytes;
  commitSecret: Bytes;
}

/** A new invite together with its form on the wire. @throws BcError ERR_KDF_WEAK, ERR_FORMAT */
export async function createRotation(
  keys: RotationKeys,
  inviteGeneration: number,
  password: RotationPassword | undefined,
): Promise<{ rotated: RotatedInvite; ciphertext: Bytes }> {
  const linkSecret = randomBytes(LINK_SECRET_BYTES);
  const stretch = password?.stretch ?? { kdf: 0, iter: 0 };
  const secrets = concat(linkSecret, await stretchPassword(linkSecret, password?.password, stretch));
  const key = await rotationKey(keys);
  try {
    const ciphertext = await aesGcmSeal(key, ZERO_IV, keys.gid, secrets);
    return { rotated: await readSecrets(secrets, inviteGeneration), ciphertext };
  } finally {
    erase(linkSecret, secrets, key);
  }
}

/** @throws BcError ERR_INVITE when it was not made with the secrets of this commit */
export async function openRotation(
  keys: RotationKeys,
  inviteGeneration: number,
  ciphertext: Bytes,
): Promise<RotatedInvite> {
  const key = await rotationKey(keys);
  const secrets = await aesGcmOpen(key, ZERO_IV, keys.gid, ciphertext);
  erase(key);
  if (!secrets) throw new BcError('ERR_INVITE', 'the new invite can not be opened');
  try {
    return await readSecrets(secrets, inviteGeneration);
  } finally {
    erase(secrets);
  }
}

export function eraseRotated({ linkSecret, invite }: RotatedInvite): void {
  erase(linkSecret);
  eraseInvite(invite);
}

async function readSecrets(secrets: Bytes, inviteGeneration: number): Promise<RotatedInvite> {
  const linkSecret = secrets.slice(0, LINK_SECRET_BYTES);
  const passwordKey = secrets.slice(LINK_SECRET_BYTES);
  const invite = await inviteFrom(linkSecret, passwordKey);
  erase(passwordKey);
  return { code: await encodeInviteCode(linkSecret), linkSecret, invite, inviteGeneration };
}

function rotationKey({ gid, newEpoch, init, commitSecret }: RotationKeys): Promise<Bytes> {
  return mix(init, commitSecret, 'rotate', concat(gid, u32(newEpoch)));
}
