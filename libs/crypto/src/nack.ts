import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError, type BcErrorCode } from './errors.ts';
import { type GroupState, selfEntry } from './group-state.ts';
import { signAs } from './identity.ts';
import { tag } from './labels.ts';
import { Reader } from './reader.ts';
import { entryAt } from './roster.ts';
import { parseSuite, requireSuite, type Suite, VERSION } from './suites.ts';
import { isSignedBy } from './verify.ts';
import { hmacSha256 } from './webcrypto.ts';
import { u16, u32, u8, v16 } from './writer.ts';

const MAC_BYTES = 16;
const CODES = ['UNWRAP', 'CONFIRM', 'FORMAT'] as const;

/** Why a commit can't be followed; all that others are told. */
export type NackCode = (typeof CODES)[number];

/** A member's complaint about a commit (PROTOCOL §6.17). */
export interface Nack {
  idx: number;
  mid: Bytes;
  /** The epoch in which the member is stuck. */
  epoch: number;
  commitId: Bytes;
  code: NackCode;
}

interface ParsedNack extends Omit<Nack, 'mid'> {
  suite: Suite;
  gid: Bytes;
  signed: Bytes;
  signature: Bytes;
  maced: Bytes;
  mac: Bytes;
}

const UNWRAP_FAILURES: ReadonlySet<BcErrorCode> = new Set([
  'ERR_NO_WRAP',
  'ERR_WRAP_MAC',
  'ERR_KEY_GONE',
  'ERR_UNWRAP',
]);

/** The code to complain with when `applyCommit` threw. */
export function nackCodeOf(error: BcErrorCode): NackCode {
  if (error === 'ERR_CONFIRM') return 'CONFIRM';
  return UNWRAP_FAILURES.has(error) ? 'UNWRAP' : 'FORMAT';
}

/** @throws BcError ERR_KEY_GONE, ERR_FORMAT */
export async function createNack(state: GroupState, commitId: Bytes, code: NackCode): Promise<Bytes> {
  if (commitId.length !== 32) throw new BcError('ERR_FORMAT', 'a commit id has 32 bytes');
  const unsigned = concat(
    concat(u8(VERSION), u16(state.suite), state.gid, u32(state.epoch.context.epoch)),
    concat(u16(selfEntry(state).idx), commitId, u8(CODES.indexOf(code) + 1)),
  );
  const maced = concat(unsigned, v16(await signAs(state.identity, 'NACK', unsigned)));
  return concat(maced, await nackMac(state.invite.controlKey, maced));
}

/**
 * A complaint about the commit that led to the present epoch, or about one that leads on from it. The former carries the
 * control key of the past epoch, which a change of the invite has ended.
 * @throws BcError ERR_FORMAT, ERR_SUITE, ERR_TRANSCRIPT (another group or commit), ERR_EPOCH, ERR_CTL_MAC, ERR_SIG
 */
export async function checkNack(state: GroupState, bytes: Bytes): Promise<Nack> {
  const parsed = parseNack(bytes);
  requireSuite(parsed.suite, state.suite);
  if (!equalBytes(parsed.gid, state.gid)) throw otherHistory();
  const controlKey = controlKeyFor(state, parsed);
  if (!equalBytes(parsed.mac, await nackMac(controlKey, parsed.maced))) {
    throw new BcError('ERR_CTL_MAC', 'the complaint was not made with this link');
  }
  const { idx, epoch, commitId, code, signed, signature } = parsed;
  const member = entryAt(state.epoch.roster, idx);
  if (!member || !(await isSignedBy(member.sigPub, 'NACK', signed, signature))) {
    throw new BcError('ERR_SIG', 'the complaint is not signed by a member');
  }
  return { idx, mid: member.mid, epoch, commitId, code };
}

/** @throws BcError ERR_FORMAT */
export function parseNack(bytes: Bytes): ParsedNack {
  const reader = new Reader(bytes);
  const head = {
    suite: parseSuite(reader.u8(), reader.u16()),
    gid: reader.bytes(32),
    epoch: reader.u32(),
    idx: reader.u16(),
    commitId: reader.bytes(32),
    code: readCode(reader.u8()),
  };
  const signed = reader.since(0);
  const signature = reader.v16();
  const maced = reader.since(0);
  const mac = reader.bytes(MAC_BYTES);
  reader.end();
  return { ...head, signed, signature, maced, mac };
}

function controlKeyFor({ epoch, invite, previous }: GroupState, nack: ParsedNack): Bytes {
  const present = epoch.context.epoch;
  if (nack.epoch === present) return invite.controlKey;
  if (!previous || nack.epoch !== present - 1) {
    throw new BcError('ERR_EPOCH', 'the complaint belongs to another epoch');
  }
  if (!equalBytes(nack.commitId, previous.commitId)) throw otherHistory();
  return previous.controlKey;
}

function readCode(value: number): NackCode {
  const code = CODES[value - 1];
  if (!code) throw new BcError('ERR_FORMAT', 'the complaint has an unknown reason');
  return code;
}

async function nackMac(controlKey: Bytes, maced: Bytes): Promise<Bytes> {
  return (await hmacSha256(controlKey, concat(tag('nack mac'), maced))).slice(0, MAC_BYTES);
}

function otherHistory(): BcError {
  return new BcError('ERR_TRANSCRIPT', 'the complaint is about another history');
}
