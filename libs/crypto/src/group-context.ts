import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import { tag } from './labels.ts';
import { decodeParams, encodeParams, type GroupParams, PARAMS_BYTES } from './params.ts';
import type { Reader } from './reader.ts';
import { parseSuite, type Suite, VERSION } from './suites.ts';
import { u16, u32, u8 } from './writer.ts';

/** What every member agrees on in one epoch (PROTOCOL §6.6); its hash enters every key and signature. */
export interface GroupContext {
  suite: Suite;
  gid: Bytes;
  epoch: number;
  params: GroupParams;
  inviteGeneration: number;
  rosterHash: Bytes;
  /** Hash over all commits so far and this epoch's commit (cth). */
  commitHash: Bytes;
}

export function encodeGroupContext(context: GroupContext): Bytes {
  return concat(
    concat(tag('GC'), u8(VERSION), u16(context.suite), context.gid, u32(context.epoch)),
    concat(encodeParams(context.params), u16(context.inviteGeneration)),
    concat(context.rosterHash, context.commitHash),
  );
}

/** Reads a context, its tag included. @throws BcError ERR_FORMAT */
export function readGroupContext(reader: Reader): GroupContext {
  const prefix = tag('GC');
  if (!equalBytes(reader.bytes(prefix.length), prefix)) {
    throw new BcError('ERR_FORMAT', 'this is not a group context');
  }
  return {
    suite: parseSuite(reader.u8(), reader.u16()),
    gid: reader.bytes(32),
    epoch: reader.u32(),
    params: decodeParams(reader.bytes(PARAMS_BYTES)),
    inviteGeneration: reader.u16(),
    rosterHash: reader.bytes(32),
    commitHash: reader.bytes(32),
  };
}
