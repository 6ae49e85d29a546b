import type { Bytes } from './bytes.ts';

/**
 * The one file that touches `crypto.subtle`; the same in Node and in a browser worker. It knows algorithms, not the
 * protocol: failures come out as `undefined` or `false` where input decides, and callers name the error.
 */
const { subtle } = globalThis.crypto;

const P256_SIGN = { name: 'ECDSA', namedCurve: 'P-256' };
const P256_DH = { name: 'ECDH', namedCurve: 'P-256' };
const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' };
const SIGNATURE_BYTES = 64;
const RSA_OAEP = { name: 'RSA-OAEP', hash: 'SHA-256' };

export function randomBytes(length: number): Bytes {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}

export async function sha256(data: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle.digest('SHA-256', data));
}

export async function hmacSha256(key: Bytes, data: Bytes): Promise<Bytes> {
  const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', imported, data));
}

export async function hkdfSha256(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
  return hkdfSha256With(await importHkdfKey(ikm), salt, info, length);
}

/** For a secret that much is derived from: importing it takes as long as deriving. */
export function importHkdfKey(ikm: Bytes): Promise<CryptoKey> {
  return subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits']);
}

export async function hkdfSha256With(
  key: CryptoKey,
  salt: Bytes,
  info: Bytes,
  length: number,
): Promise<Bytes> {
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return new Uint8Array(await subtle.deriveBits(parameters, key, length * 8));
}

export async function pbkdf2Sha256(password: Bytes, salt: Bytes, iterations: number): Promise<Bytes> {
  const imported = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return new Uint8Array(await subtle.deriveBits(parameters, imported, 256));
}

export async function aesGcmSeal(key: Bytes, iv: Bytes, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
  return aesGcmSealWith(await importAesKey(key), iv, aad, plaintext);
}

/** `undefined` when the ciphertext isn't authentic. */
export async function aesGcmOpen(
  key: Bytes,
  iv: Bytes,
  aad: Bytes,
  ciphertext: Bytes,
): Promise<Bytes | undefined> {
  return aesGcmOpenWith(await importAesKey(key), iv, aad, ciphertext);
}

/** A key for many calls: files have hundreds of chunks. */
export function importAesKey(key: Bytes): Promise<CryptoKey> {
  return subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export async function aesGcmSealWith(
  key: CryptoKey,
  iv: Bytes,
  aad: Bytes,
  plaintext: Bytes,
): Promise<Bytes> {
  return new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad }, key, plaintext));
}

/** `undefined` when the ciphertext isn't authentic. */
export async function aesGcmOpenWith(
  key: CryptoKey,
  iv: Bytes,
  aad: Bytes,
  ciphertext: Bytes,
): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(
      await subtle.decrypt({ name: 'AES-GCM', iv, additionalData: aad }, key, ciphertext),
    );
  } catch {
    return undefined;
  }
}

/** A fresh RSA-2048 pair for OAEP-SHA256 whose private half can't be exported. */
export function generateRsaKeyPair(): Promise<CryptoKeyPair> {
  const parameters = { ...RSA_OAEP, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  return subtle.generateKey(parameters, false, ['encrypt', 'decrypt']);
}

export function generateSigningKeyPair(): Promise<CryptoKeyPair> {
  return subtle.generateKey(P256_SIGN, false, ['sign', 'verify']);
}

export function generateDhKeyPair(): Promise<CryptoKeyPair> {
  return subtle.generateKey(P256_DH, false, ['deriveBits']);
}

export async function exportPoint(publicKey: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await subtle.exportKey('raw', publicKey));
}

export async function exportSpki(publicKey: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await subtle.exportKey('spki', publicKey));
}

/** `undefined` when the bytes are no uncompressed point of P-256. */
export function importVerifyKey(point: Bytes): Promise<CryptoKey | undefined> {
  return importPoint(point, P256_SIGN, ['verify']);
}

/** `undefined` when the bytes are no uncompressed point of P-256. */
export function importDhKey(point: Bytes): Promise<CryptoKey | undefined> {
  return importPoint(point, P256_DH, []);
}

/** `undefined` when the bytes are no RSA key. */
export async function importRsaKey(spki: Bytes): Promise<CryptoKey | undefined> {
  try {
    return await subtle.importKey('spki', spki, RSA_OAEP, false, ['encrypt']);
  } catch {
    return undefined;
  }
}

export async function rsaWrap(publicKey: CryptoKey, label: Bytes, secret: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle.encrypt({ name: 'RSA-OAEP', label }, publicKey, secret));
}

/** `undefined` when the ciphertext doesn't fit the key or the label. */
export async function rsaUnwrap(
  privateKey: CryptoKey,
  label: Bytes,
  wrapped: Bytes,
): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await subtle.decrypt({ name: 'RSA-OAEP', label }, privateKey, wrapped));
  } catch {
    return undefined;
  }
}

export async function ecdh(privateKey: CryptoKey, publicKey: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256));
}

/** ECDSA P-256 with SHA-256, 64 bytes (IEEE P1363). */
export async function ecdsaSign(privateKey: CryptoKey, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle.sign(ECDSA_SHA256, privateKey, data));
}

/** Firefox takes signatures of other lengths too: members would disagree about them. */
export async function ecdsaVerify(publicKey: CryptoKey, signature: Bytes, data: Bytes): Promise<boolean> {
  return signature.length === SIGNATURE_BYTES && subtle.verify(ECDSA_SHA256, publicKey, signature, data);
}

async function importPoint(
  point: Bytes,
  algorithm: EcKeyImportParams,
  usages: KeyUsage[],
): Promise<CryptoKey | undefined> {
  if (point.length !== 65 || point[0] !== 4) return undefined;
  try {
    return await subtle.importKey('raw', point, algorithm, true, usages);
  } catch {
    return undefined;
  }
}
