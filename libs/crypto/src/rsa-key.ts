import { type Bytes } from './bytes.ts';
import { BcError } from './errors.ts';
import { importRsaKey } from './webcrypto.ts';

const SPKI_BYTES = 294;
const PREFIX = [
  0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05,
  0x00, 0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00,
];
const TAIL = [0x02, 0x03, 0x01, 0x00, 0x01];
const FIRST_MODULUS_BYTE = PREFIX.length;
const LAST_MODULUS_BYTE = SPKI_BYTES - TAIL.length - 1;

/** Imports an RSA public key in its canonical form. @throws BcError ERR_KEY */
export async function importCanonicalRsaKey(spki: Bytes): Promise<CryptoKey> {
  requireCanonicalRsaKey(spki);
  const key = await importRsaKey(spki);
  if (!key) throw new BcError('ERR_KEY', 'the RSA key can not be imported');
  return key;
}

/**
 * An RSA public key is the one canonical 294-byte SPKI (PROTOCOL §6.2): 2,048 bits, odd modulus, exponent 65,537. Its
 * bytes say all of that; importing those of a thousand members would take a newcomer longer than anything else.
 * @throws BcError ERR_KEY for every other form
 */
export function requireCanonicalRsaKey(spki: Bytes): void {
  if (!isCanonical(spki)) throw new BcError('ERR_KEY', 'the RSA key is not in its canonical form');
}

function isCanonical(spki: Bytes): boolean {
  if (spki.length !== SPKI_BYTES) return false;
  if (!PREFIX.every((byte, i) => spki[i] === byte)) return false;
  if (!TAIL.every((byte, i) => spki[LAST_MODULUS_BYTE + 1 + i] === byte)) return false;
  const top = spki[FIRST_MODULUS_BYTE] ?? 0;
  const bottom = spki[LAST_MODULUS_BYTE] ?? 0;
  return top >= 0x80 && bottom % 2 === 1;
}
