import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { Bytes } from '@bytechat/protocol';

/** Clear-field stand-ins for BC/1 structures: right lengths and headers, random where the server can't look. */

export const random = (length: number): Bytes => Uint8Array.from(randomBytes(length));

const sha256 = (...parts: (Bytes | string)[]): Bytes => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
};

/** A room as its makers know it. */
export interface TestRoom {
  rid: Bytes;
  gate: Bytes;
}

export const newRoom = (): TestRoom => ({ rid: random(16), gate: random(32) });

export const OPTIONS = { suite: 2, kdf: 0, iter: 0, maxima: { ttl_s: 3600, max: 100 } } as const;

/** Somebody with a signing key and the key package of one join. */
export interface Person {
  kp: Bytes;
  kph: Bytes;
  mid: Bytes;
  privateKey: KeyObject;
}

export function newPerson({ rid }: TestRoom): Person {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const sigPub = Uint8Array.from([4, ...Buffer.from(x, 'base64url'), ...Buffer.from(y, 'base64url')]);
  const kp = random(573);
  kp.set([1, 0, 2], 0);
  kp.set(rid, 3);
  kp.set([0, 0], 19);
  kp.set([0, 65], 45);
  kp.set(sigPub, 47);
  const mid = sha256('BC1 mid\0', rid, sigPub).slice(0, 16);
  return { kp, kph: sha256(kp.slice(0, 541)), mid, privateKey };
}

export function resumeSignature(person: Person, challenge: Bytes, { rid }: TestRoom): Bytes {
  const signed = Buffer.concat([Buffer.from('BC1 resume\0'), challenge, rid, person.mid]);
  return Uint8Array.from(sign('sha256', signed, { key: person.privateKey, dsaEncoding: 'ieee-p1363' }));
}

/** A key update of suite 2. */
export function keyUpdate(gid: Bytes, idx: number, kuSeq: number): Bytes {
  const bytes = random(468);
  bytes.set([1, 0, 2], 0);
  bytes.set(gid, 3);
  new DataView(bytes.buffer).setUint16(35, idx);
  new DataView(bytes.buffer).setUint16(37, kuSeq);
  return bytes;
}

/** An envelope of the smallest bucket. */
export function envelope(epoch: number, type: 0x20 | 0x21 = 0x20): Bytes {
  const env = random(256 + 42);
  env.set([1, 0, 2, type], 0);
  new DataView(env.buffer).setUint32(4, epoch);
  return env;
}

/** A commit frame for `epoch` and its id. */
export function commitFrame(epoch: number): { frame: Bytes; commitId: Bytes } {
  const frame = random(200);
  frame.set([1, 0, 2, 0x10], 0);
  new DataView(frame.buffer).setUint32(4, epoch);
  return { frame, commitId: sha256(frame) };
}
