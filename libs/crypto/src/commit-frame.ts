import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import type { Invite } from './invite.ts';
import { tag } from './labels.ts';
import { Reader } from './reader.ts';
import { parseSuite, type Suite, VERSION } from './suites.ts';
import { aesGcmOpen, aesGcmSeal, hmacSha256, randomBytes } from './webcrypto.ts';
import { u16, u32, u8, v32 } from './writer.ts';

export const FRAME_COMMIT = 0x10;

const TAG_BYTES = 16;

/** The sequenced frame of PROTOCOL §6.10, closed. */
export interface CommitFrame {
  suite: Suite;
  epoch: number;
  iv: Bytes;
  ciphertext: Bytes;
  /** What the link holders' tag covers. */
  tagged: Bytes;
  tag: Bytes;
}

/** @throws BcError ERR_FORMAT */
export function parseCommitFrame(frame: Bytes): CommitFrame {
  const reader = new Reader(frame);
  const suite = parseSuite(reader.u8(), reader.u16());
  if (reader.u8() !== FRAME_COMMIT) throw new BcError('ERR_FORMAT', 'this is not a commit');
  const epoch = reader.u32();
  const sealed = new Reader(reader.v32());
  const tagged = reader.since(0);
  const controlTag = reader.bytes(TAG_BYTES);
  reader.end();
  return { suite, epoch, iv: sealed.bytes(12), ciphertext: sealed.rest(), tagged, tag: controlTag };
}

/** @throws BcError ERR_CTL_MAC when no holder of the link made this frame */
export async function requireControlTag(frame: CommitFrame, invite: Invite): Promise<void> {
  if (!equalBytes(frame.tag, await controlTagOf(invite, frame.tagged))) {
    throw new BcError('ERR_CTL_MAC', 'the commit was not made with this link');
  }
}

export async function sealCommitFrame(
  where: { suite: Suite; gid: Bytes; epoch: number; handshake: Bytes; invite: Invite },
  commit: Bytes,
): Promise<Bytes> {
  const iv = randomBytes(12);
  const ciphertext = await aesGcmSeal(where.handshake, iv, commitAad(where.gid, where.epoch), commit);
  const tagged = concat(
    concat(u8(VERSION), u16(where.suite), u8(FRAME_COMMIT), u32(where.epoch)),
    v32(concat(iv, ciphertext)),
  );
  return concat(tagged, await controlTagOf(where.invite, tagged));
}

/** @throws BcError ERR_COMMIT_AEAD when it was not made inside this epoch */
export async function openCommitFrame(frame: CommitFrame, gid: Bytes, handshake: Bytes): Promise<Bytes> {
  const commit = await aesGcmOpen(handshake, frame.iv, commitAad(gid, frame.epoch), frame.ciphertext);
  if (!commit) throw new BcError('ERR_COMMIT_AEAD', 'the commit was not made by a member of this epoch');
  return commit;
}

function commitAad(gid: Bytes, epoch: number): Bytes {
  return concat(tag('chdr'), gid, u32(epoch));
}

async function controlTagOf(invite: Invite, tagged: Bytes): Promise<Bytes> {
  return (await hmacSha256(invite.controlKey, concat(tag('ctl'), tagged))).slice(0, TAG_BYTES);
}
