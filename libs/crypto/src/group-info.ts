import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { type Directory, encodeDirectory, readDirectoryCores } from './directory.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { encodeGroupContext, type GroupContext, readGroupContext } from './group-context.ts';
import { encodeHistory, type HistoryBlock, readHistory } from './history-block.ts';
import { welcomeKey } from './key-schedule.ts';
import { tag } from './labels.ts';
import { Reader } from './reader.ts';
import { decodeRoster, encodeRoster, type Roster, rosterHash } from './roster.ts';
import type { Position } from './transcript.ts';
import { aesGcmOpen, aesGcmSeal, randomBytes } from './webcrypto.ts';
import { u16, u32, v16, v32 } from './writer.ts';

/** What newcomers learn about the group (PROTOCOL §6.11), without the signature. */
export interface GroupInfo {
  context: GroupContext;
  roster: Roster;
  rid0: Bytes;
  committer: number;
  confirmTag: Bytes;
  anchor: Position;
  /** In rooms with history only. */
  history?: HistoryBlock | undefined;
}

export interface SignedGroupInfo {
  info: GroupInfo;
  contextBytes: Bytes;
  signed: Bytes;
  signature: Bytes;
}

export function encodeGroupInfo(info: GroupInfo): Bytes {
  const history = info.history ? encodeHistory(info.history) : new Uint8Array(0);
  const encoded = concat(
    concat(encodeGroupContext(info.context), v32(encodeRoster(info.roster)), info.rid0, u16(info.committer)),
    concat(info.confirmTag, u32(info.anchor.seq), info.anchor.transcript),
    history,
  );
  erase(history);
  return encoded;
}

/** @throws BcError ERR_FORMAT, ERR_GI (the history contradicts itself), ERR_ROSTER (roster and context differ) */
export async function decodeGroupInfo(body: Bytes): Promise<SignedGroupInfo> {
  const reader = new Reader(body);
  const context = readGroupContext(reader);
  const contextBytes = reader.since(0);
  const rosterBytes = reader.v32();
  const rid0 = reader.bytes(16);
  const committer = reader.u16();
  const confirmTag = reader.bytes(32);
  const anchor = { seq: reader.u32(), transcript: reader.bytes(32) };
  const limit = { anchorSeq: anchor.seq, epoch: context.epoch };
  const history = context.params.history === 1 ? readHistory(reader, limit) : undefined;
  const signed = reader.since(0);
  const signature = reader.v16();
  reader.end();
  if (!equalBytes(await rosterHash(rosterBytes), context.rosterHash)) {
    throw new BcError('ERR_ROSTER', 'the list of members is not the one of this epoch');
  }
  const roster = await decodeRoster(rosterBytes, rid0);
  return {
    info: { context, roster, rid0, committer, confirmTag, anchor, history },
    contextBytes,
    signed,
    signature,
  };
}

/** Encrypts a signed body for all newcomers of a commit. */
export async function sealGroupInfo(joiner: Bytes, signed: Bytes, signature: Bytes): Promise<Bytes> {
  const iv = randomBytes(12);
  const key = await welcomeKey(joiner);
  const body = concat(signed, v16(signature));
  const sealed = await aesGcmSeal(key, iv, tag('GI'), body);
  erase(key, body);
  return concat(iv, sealed);
}

/** @throws BcError ERR_GI */
export async function openGroupInfo(joiner: Bytes, sealed: Bytes): Promise<Bytes> {
  const reader = new Reader(sealed);
  const [iv, ciphertext] = [reader.bytes(12), reader.rest()];
  const key = await welcomeKey(joiner);
  const body = await aesGcmOpen(key, iv, tag('GI'), ciphertext);
  erase(key);
  if (!body) throw new BcError('ERR_GI', 'the group info is not authentic');
  return body;
}

/**
 * What is staged beside a commit for its newcomers. `gid` and the ECDH half come before the encrypted part since they
 * are needed to open it (both are bound into the wrap's label and key); the members' key packages come after it, so
 * that a newcomer can rekey. Each of those is proven by its hash in the roster.
 */
export interface WelcomeBundle {
  gid: Bytes;
  ephemeralPoint: Bytes;
  groupInfo: Bytes;
  keyPackageCores: Bytes[];
}

export function encodeWelcomeBundle(
  { gid, ephemeralPoint, groupInfo }: Omit<WelcomeBundle, 'keyPackageCores'>,
  roster: Roster,
  directory: Directory,
): Bytes {
  return concat(gid, v16(ephemeralPoint), v32(groupInfo), encodeDirectory(roster, directory));
}

/** @throws BcError ERR_FORMAT */
export function decodeWelcomeBundle(bytes: Bytes): WelcomeBundle {
  const reader = new Reader(bytes);
  return {
    gid: reader.bytes(32),
    ephemeralPoint: reader.v16(),
    groupInfo: reader.v32(),
    keyPackageCores: readDirectoryCores(reader),
  };
}
