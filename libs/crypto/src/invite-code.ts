import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { decodeCrockford, encodeCrockford } from './crockford.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { tag } from './labels.ts';
import { randomBytes, sha256 } from './webcrypto.ts';

export const LINK_SECRET_BYTES = 19;

/** A new invite code (PROTOCOL §6.3): 152 random bits and a check byte, 32 characters without separators. */
export async function createInviteCode(): Promise<string> {
  const linkSecret = randomBytes(LINK_SECRET_BYTES);
  const code = await encodeInviteCode(linkSecret);
  erase(linkSecret);
  return code;
}

export async function encodeInviteCode(linkSecret: Bytes): Promise<string> {
  const bytes = concat(linkSecret, await checkByte(linkSecret));
  const code = encodeCrockford(bytes);
  erase(bytes);
  return code;
}

/**
 * The 19-byte link secret of a code, however it was typed (case, hyphens, spaces, O for 0, I or L for 1).
 * @throws BcError ERR_CODE when a character, the length or the check byte is wrong: a typo never opens a room.
 */
export async function decodeInviteCode(code: string): Promise<Bytes> {
  const bytes = decodeCrockford(code);
  if (bytes.length !== LINK_SECRET_BYTES + 1) throw new BcError('ERR_CODE', 'the code has the wrong length');
  const linkSecret = bytes.slice(0, LINK_SECRET_BYTES);
  if (!equalBytes(bytes.slice(LINK_SECRET_BYTES), await checkByte(linkSecret))) {
    throw new BcError('ERR_CODE', 'the code has a typing error');
  }
  return linkSecret;
}

/** The code as people read it: groups of four joined by hyphens. */
export function formatInviteCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? '';
}

async function checkByte(linkSecret: Bytes): Promise<Bytes> {
  const input = concat(tag('code'), linkSecret);
  const hash = await sha256(input);
  erase(input);
  return hash.slice(0, 1);
}
