import { type Bytes, concat } from './bytes.ts';
import { BcError } from './errors.ts';
import { PARAMS_BYTES } from './params.ts';
import type { Reader } from './reader.ts';
import { u16, u8, v16 } from './writer.ts';

/** 19 bytes of link secret, 32 of stretched password, 16 of AEAD tag. */
const ROTATED_INVITE_BYTES = 67;
const OP = { add: 1, remove: 2, rotateInvite: 3, params: 4, resign: 5 } as const;
const REASONS = ['left', 'timeout', 'kick'] as const;

export type RemoveReason = (typeof REASONS)[number];

/** One change of a commit (PROTOCOL §6.10). */
export type CommitOp =
  | { op: 'add'; idx: number; keyPackage: Bytes }
  | { op: 'remove'; idx: number; reason: RemoveReason }
  | { op: 'rotateInvite'; generation: number; ciphertext: Bytes }
  | { op: 'params'; params: Bytes }
  | { op: 'resign'; newPub: Bytes; proof: Bytes };

export function encodeOp(op: CommitOp): Bytes {
  const code = u8(OP[op.op]);
  switch (op.op) {
    case 'add':
      return concat(code, u16(op.idx), v16(op.keyPackage));
    case 'remove':
      return concat(code, u16(op.idx), u8(REASONS.indexOf(op.reason) + 1));
    case 'rotateInvite':
      return concat(code, u16(op.generation), op.ciphertext);
    case 'params':
      return concat(code, op.params);
    case 'resign':
      return concat(code, v16(op.newPub), v16(op.proof));
  }
}

/** @throws BcError ERR_OP for an unknown code, ERR_FORMAT */
export function readOp(reader: Reader): CommitOp {
  const code = reader.u8();
  switch (code) {
    case OP.add:
      return { op: 'add', idx: reader.u16(), keyPackage: reader.v16() };
    case OP.remove:
      return { op: 'remove', idx: reader.u16(), reason: readReason(reader) };
    case OP.rotateInvite:
      return { op: 'rotateInvite', generation: reader.u16(), ciphertext: reader.bytes(ROTATED_INVITE_BYTES) };
    case OP.params:
      return { op: 'params', params: reader.bytes(PARAMS_BYTES) };
    case OP.resign:
      return { op: 'resign', newPub: reader.v16(), proof: reader.v16() };
    default:
      throw new BcError('ERR_OP', 'the commit has an unknown operation');
  }
}

function readReason(reader: Reader): RemoveReason {
  const reason = REASONS[reader.u8() - 1];
  if (!reason) throw new BcError('ERR_FORMAT', 'the commit removes for an unknown reason');
  return reason;
}
