import { type Bytes, utf8 } from './bytes.ts';
import { dk, mix } from './derive.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { pbkdf2Sha256 } from './webcrypto.ts';

const RID_BYTES = 16;
const MIN_ITERATIONS = 600_000;
const MAX_ITERATIONS = 10_000_000;

/** How a password becomes a key: `kdf` 0 = the room has none, 1 = PBKDF2-SHA256 with `iter` rounds. */
export interface PasswordStretch {
  kdf: 0 | 1;
  iter: number;
}

/** What link and password give (PROTOCOL §6.3): the room's name for the server, the gate, and three keys. */
export interface Invite {
  rid: Bytes;
  /** Shown to the server: proof of link and password. */
  gate: Bytes;
  /** K_join authenticates key packages. */
  joinKey: Bytes;
  /** K_ctl authenticates commits and wraps. */
  controlKey: Bytes;
  /** K_psk enters every epoch. */
  psk: Bytes;
}

/** The room's locator; it can be shown to the server before the password is known. */
export function deriveRid(linkSecret: Bytes): Promise<Bytes> {
  return dk(linkSecret, 'room id', undefined, RID_BYTES);
}

/**
 * Derives everything a holder of link and password knows.
 * @throws BcError ERR_KDF_WEAK when the stretch is weaker than 600,000 rounds or absent although there is a password,
 * ERR_FORMAT when it is absurdly strong or the password is missing.
 */
export async function deriveInvite(
  linkSecret: Bytes,
  password: string | undefined,
  stretch: PasswordStretch,
): Promise<Invite> {
  const passwordKey = await stretchPassword(linkSecret, password, stretch);
  try {
    return await inviteFrom(linkSecret, passwordKey);
  } finally {
    erase(passwordKey);
  }
}

/** The same from the stretched password: a rotated invite travels so (PROTOCOL §6.10). The caller erases the inputs. */
export async function inviteFrom(linkSecret: Bytes, passwordKey: Bytes): Promise<Invite> {
  const rid = await deriveRid(linkSecret);
  const root = await mix(passwordKey, linkSecret, 'root', rid);
  const [gate, joinKey, controlKey, psk] = await Promise.all([
    dk(root, 'gate', rid),
    dk(root, 'join mac', rid),
    dk(root, 'control mac', rid),
    dk(root, 'epoch psk', rid),
  ]);
  erase(root);
  return { rid, gate, joinKey, controlKey, psk };
}

export function copyInvite(invite: Invite): Invite {
  return {
    rid: new Uint8Array(invite.rid),
    gate: new Uint8Array(invite.gate),
    joinKey: new Uint8Array(invite.joinKey),
    controlKey: new Uint8Array(invite.controlKey),
    psk: new Uint8Array(invite.psk),
  };
}

export function eraseInvite({ gate, joinKey, controlKey, psk }: Invite): void {
  erase(gate, joinKey, controlKey, psk);
}

/** `pwk` of PROTOCOL §6.3: 32 zero bytes without a password. @throws BcError ERR_KDF_WEAK, ERR_FORMAT */
export async function stretchPassword(
  linkSecret: Bytes,
  password: string | undefined,
  stretch: PasswordStretch,
): Promise<Bytes> {
  requireSoundStretch(password, stretch);
  if (password === undefined) return new Uint8Array(32);
  const bytes = utf8(password.normalize('NFKC'));
  const salt = await dk(linkSecret, 'pw salt', await deriveRid(linkSecret));
  const key = await pbkdf2Sha256(bytes, salt, stretch.iter);
  erase(bytes, salt);
  return key;
}

function requireSoundStretch(password: string | undefined, { kdf, iter }: PasswordStretch): void {
  if (kdf === 0 && password === undefined) return;
  if (password === undefined || password === '') {
    throw new BcError('ERR_FORMAT', 'this room has a password and none was given');
  }
  if (kdf === 0 || iter < MIN_ITERATIONS) {
    throw new BcError('ERR_KDF_WEAK', `a password needs at least ${MIN_ITERATIONS} rounds`);
  }
  if (!Number.isInteger(iter) || iter > MAX_ITERATIONS) {
    throw new BcError('ERR_FORMAT', 'the number of rounds is out of range');
  }
}
