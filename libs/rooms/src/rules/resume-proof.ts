import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Bytes } from '@bytechat/protocol';
import { RoomError } from '../room-error.ts';

const POINT_BYTES = 65;

/**
 * Proofs of membership by signature over the connection's challenge (PROTOCOL decision 26).
 *
 * A challenge is spent by the first proof that is judged, right or wrong; an outage of the store before that spends
 * nothing. It is known by identity: a connection hands in the same byte array every time.
 */
export class ResumeProofs {
  readonly #spent = new WeakSet<Bytes>();

  /** @throws ERR_NOT_MEMBER when the challenge is spent or the signature isn't the member's. */
  check(challenge: Bytes, proof: { rid: Bytes; mid: Bytes; sig: Bytes }, sigPub: Bytes): void {
    if (this.#spent.has(challenge)) throw new RoomError('ERR_NOT_MEMBER');
    this.#spent.add(challenge);
    if (!isSignedBy(sigPub, challenge, proof)) throw new RoomError('ERR_NOT_MEMBER');
  }

  /** The store failed after a good proof: the same connection may repeat it. */
  giveBack(challenge: Bytes): void {
    this.#spent.delete(challenge);
  }
}

function isSignedBy(sigPub: Bytes, challenge: Bytes, proof: { rid: Bytes; mid: Bytes; sig: Bytes }): boolean {
  const key = publicKeyOf(sigPub);
  if (key === undefined) return false;
  const signed = Buffer.concat([Buffer.from('BC1 resume\0'), challenge, proof.rid, proof.mid]);
  return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, proof.sig);
}

/** The P-256 key of an uncompressed point; undefined when the point isn't on the curve. */
function publicKeyOf(point: Bytes): KeyObject | undefined {
  if (point.length !== POINT_BYTES) return undefined;
  const coordinate = (from: number): string =>
    Buffer.from(point.slice(from, from + 32)).toString('base64url');
  try {
    return createPublicKey({
      format: 'jwk',
      key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) },
    });
  } catch {
    return undefined;
  }
}
