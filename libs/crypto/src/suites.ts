import { BcError } from './errors.ts';

/** 1 = RSA-OAEP-2048; 2 = RSA-OAEP-2048 with ECDH P-256. The creator fixes it; nothing is negotiated in a room. */
export type Suite = 1 | 2;

export const VERSION = 1;

/** What differs between the suites of PROTOCOL §6.2. AEAD, signature and KDF are the same in both. */
export const SUITES = {
  1: { dhPointBytes: 0, keyPackageBytes: 508, wrapBytes: 256 },
  2: { dhPointBytes: 65, keyPackageBytes: 573, wrapBytes: 304 },
} as const;

/** @throws BcError ERR_FORMAT when the version isn't ours or the suite doesn't exist. */
export function parseSuite(version: number, suite: number): Suite {
  if (version !== VERSION) throw new BcError('ERR_FORMAT', 'unknown version');
  if (suite !== 1 && suite !== 2) throw new BcError('ERR_FORMAT', 'unknown suite');
  return suite;
}

/** @throws BcError ERR_SUITE when a structure belongs to another suite than the room. */
export function requireSuite(actual: Suite, expected: Suite): void {
  if (actual !== expected) throw new BcError('ERR_SUITE', 'this belongs to another suite');
}
