import { type Bytes, concat, toHex, utf8 } from './bytes.ts';
import { dk } from './derive.ts';
import { BcError } from './errors.ts';
import { tag } from './labels.ts';
import { Reader } from './reader.ts';
import { sha256 } from './webcrypto.ts';
import { u32 } from './writer.ts';

const WORDS = 12;
const BITS_PER_WORD = 11;
const FINGERPRINT_GROUPS = 12;
const BYTES_PER_GROUP = 5;
const AUTHENTICATOR_BYTES = 16;
const CODE_VERSION = '1.';

/** The people a comparison is about: equal for two members exactly when they are in the same group with the same keys. */
export interface SafetyView {
  gid: Bytes;
  sigPubs: readonly Bytes[];
}

/** What a safety code says. */
export interface SafetyCode {
  gid: Bytes;
  membersHash: Bytes;
  epoch: number;
  authenticator: Bytes;
}

/** What the comparison of two codes shows. */
export type SafetyComparison =
  | 'same'
  /** Other people or keys: somebody is shown a member the other does not have. */
  | 'otherMembers'
  /** Another room, or another group of the same room. */
  | 'otherGroup'
  /** One of both is a key change behind; compare again in a moment. */
  | 'otherEpoch'
  /** The same epoch with other keys: the room was split. */
  | 'fork';

/**
 * Twelve words to read to each other (PROTOCOL §6.16): 132 bits, since an insider who also runs the server can search on
 * both sides. They change only when somebody comes or goes.
 */
export async function safetyWords(gid: Bytes, sigPubs: readonly Bytes[]): Promise<string[]> {
  const { SAFETY_WORDS } = await import('./safety-word-list.ts');
  const hash = await membersHash({ gid, sigPubs });
  const bits = Array.from(hash, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: WORDS }, (_, i) => {
    const index = Number.parseInt(bits.slice(i * BITS_PER_WORD, (i + 1) * BITS_PER_WORD), 2);
    return SAFETY_WORDS[index] ?? '';
  });
}

/** The text of a QR code: the same and more than the words, for it also finds forks. */
export async function safetyCode(
  view: SafetyView & { epoch: number; authenticator: Bytes },
): Promise<string> {
  const authenticator = view.authenticator.slice(0, AUTHENTICATOR_BYTES);
  const payload = concat(view.gid, await membersHash(view), u32(view.epoch), authenticator);
  return CODE_VERSION + toBase64Url(payload);
}

/** @throws BcError ERR_FORMAT when the text is no safety code */
export function readSafetyCode(code: string): SafetyCode {
  if (!code.startsWith(CODE_VERSION)) throw new BcError('ERR_FORMAT', 'this is not a safety code');
  const reader = new Reader(fromBase64Url(code.slice(CODE_VERSION.length)));
  const read = {
    gid: reader.bytes(32),
    membersHash: reader.bytes(32),
    epoch: reader.u32(),
    authenticator: reader.bytes(AUTHENTICATOR_BYTES),
  };
  reader.end();
  return read;
}

/** @throws BcError ERR_FORMAT when one of both is no safety code */
export function compareSafetyCodes(own: string, scanned: string): SafetyComparison {
  const [mine, theirs] = [readSafetyCode(own), readSafetyCode(scanned)];
  if (toHex(mine.gid) !== toHex(theirs.gid)) return 'otherGroup';
  if (mine.epoch !== theirs.epoch) return 'otherEpoch';
  if (toHex(mine.membersHash) !== toHex(theirs.membersHash)) return 'otherMembers';
  return toHex(mine.authenticator) === toHex(theirs.authenticator) ? 'same' : 'fork';
}

/** 60 digits in twelve groups of five, one space between: a member's signing key as people compare it. */
export async function memberFingerprint(sigPub: Bytes): Promise<string> {
  const material = await dk(sigPub, 'fingerprint', undefined, FINGERPRINT_GROUPS * BYTES_PER_GROUP);
  return Array.from({ length: FINGERPRINT_GROUPS }, (_, i) => {
    const five = material.slice(i * BYTES_PER_GROUP, (i + 1) * BYTES_PER_GROUP);
    const value = five.reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 100_000).padStart(5, '0');
  }).join(' ');
}

/** H(TAG("words") ‖ gid ‖ the signing keys in hexadecimal, sorted). */
function membersHash({ gid, sigPubs }: SafetyView): Promise<Bytes> {
  const sorted = sigPubs.map(toHex).sort();
  return sha256(concat(tag('words'), gid, utf8(sorted.join(''))));
}

function toBase64Url(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    throw new BcError('ERR_FORMAT', 'this is not a safety code');
  }
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}
