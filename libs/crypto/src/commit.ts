import { type Bytes, concat } from './bytes.ts';
import { type CommitOp, encodeOp, readOp } from './commit-ops.ts';
import { BcError } from './errors.ts';
import { Reader } from './reader.ts';
import { parseSuite, type Suite, VERSION } from './suites.ts';
import { u16, u32, u8, v16 } from './writer.ts';

const CTYPE_ADD = 1;
const CTYPE_REKEY = 2;

/** A commit before its confirmation: who changes what, after which history. */
export interface CommitBody {
  suite: Suite;
  gid: Bytes;
  /** The epoch it ends. */
  epoch: number;
  committer: number;
  rekey: boolean;
  /** `ith` of the epoch it ends. */
  interimHash: Bytes;
  ops: readonly CommitOp[];
  /** The ECDH half of all its wraps; empty in suite 1. */
  ephemeralPoint: Bytes;
}

/** `full` of PROTOCOL §6.10, as it is encrypted into a frame. */
export interface Commit {
  body: CommitBody;
  /** What the commit hash covers: all before the confirmation. */
  bodyBytes: Bytes;
  confirmTag: Bytes;
  /** What the signature covers: all before it. */
  signed: Bytes;
  signature: Bytes;
}

export function encodeCommitBody(body: CommitBody): Bytes {
  return concat(
    concat(u8(VERSION), u16(body.suite), body.gid, u32(body.epoch), u16(body.committer)),
    concat(u8(body.rekey ? CTYPE_REKEY : CTYPE_ADD), body.interimHash),
    concat(u16(body.ops.length), ...body.ops.map(encodeOp), v16(body.ephemeralPoint)),
  );
}

export function encodeCommit({ signed, signature }: Pick<Commit, 'signed' | 'signature'>): Bytes {
  return concat(signed, v16(signature));
}

/** @throws BcError ERR_FORMAT, ERR_OP */
export function decodeCommit(bytes: Bytes): Commit {
  const reader = new Reader(bytes);
  const body = readBody(reader);
  const bodyBytes = reader.since(0);
  const confirmTag = reader.bytes(32);
  const signed = reader.since(0);
  const signature = reader.v16();
  reader.end();
  return { body, bodyBytes, confirmTag, signed, signature };
}

function readBody(reader: Reader): CommitBody {
  const head = {
    suite: parseSuite(reader.u8(), reader.u16()),
    gid: reader.bytes(32),
    epoch: reader.u32(),
    committer: reader.u16(),
    rekey: readKind(reader.u8()),
    interimHash: reader.bytes(32),
  };
  const count = reader.u16();
  const ops: CommitOp[] = [];
  for (let i = 0; i < count; i++) ops.push(readOp(reader));
  return { ...head, ops, ephemeralPoint: reader.v16() };
}

function readKind(kind: number): boolean {
  if (kind !== CTYPE_ADD && kind !== CTYPE_REKEY) {
    throw new BcError('ERR_FORMAT', 'the commit is of an unknown kind');
  }
  return kind === CTYPE_REKEY;
}
