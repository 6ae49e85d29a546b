import { readKeyPackageHeader, type Bytes } from '@bytechat/protocol';
import { equal, sha256 } from '../bytes.ts';
import { RoomError } from '../room-error.ts';
import type { Newcomer } from '../room-store.ts';

const MEMBER_ID_BYTES = 16;

/** mid = H(TAG("mid") ‖ rid0 ‖ sigPub)[0..16], PROTOCOL §6.5. */
export const memberId = (rid0: Bytes, sigPub: Bytes): Bytes =>
  sha256(Buffer.from('BC1 mid\0'), rid0, sigPub).slice(0, MEMBER_ID_BYTES);

/**
 * What a key package's clear fields tell; its MAC and signature are for members to check.
 * @throws ERR_FORMAT when it is none, or one of another room or suite (where a suite is expected).
 */
export function newcomerOf(
  kp: Bytes,
  expected: { rid: Bytes; rid0: Bytes; suite: number | undefined },
): Newcomer {
  const header = readKeyPackageHeader(kp);
  if (
    header === undefined ||
    header.suite !== (expected.suite ?? header.suite) ||
    !equal(header.rid, expected.rid)
  )
    throw new RoomError('ERR_FORMAT');
  const { sigPub, withoutMac } = header;
  return { kp, kph: sha256(withoutMac), mid: memberId(expected.rid0, sigPub), sigPub };
}
