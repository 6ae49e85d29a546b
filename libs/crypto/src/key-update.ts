import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import { type Identity, type LeafKeys, signAs } from './identity.ts';
import { requireSoundKeys } from './key-package.ts';
import { Reader } from './reader.ts';
import { entryAt, type Roster, type RosterEntry } from './roster.ts';
import { parseSuite, requireSuite, type Suite, VERSION } from './suites.ts';
import { isSignedBy } from './verify.ts';
import type { WrapKeys } from './wrap.ts';
import { u16, u8, v16 } from './writer.ts';

/** A member's next keys to wrap to (PROTOCOL §6.9). */
export interface KeyUpdate extends WrapKeys {
  idx: number;
  kuSeq: number;
}

interface ParsedKeyUpdate extends KeyUpdate {
  suite: Suite;
  gid: Bytes;
  signed: Bytes;
  signature: Bytes;
}

/** Where a key update counts. */
interface Membership {
  suite: Suite;
  gid: Bytes;
}

/**
 * 468 bytes in suite 2, 403 in suite 1. The signature also covers the hash of the member's key package, so that an
 * update of an earlier stay in the same place is none of this one.
 */
export async function encodeKeyUpdate(
  identity: Identity,
  { suite, gid }: Membership,
  { idx, kph }: Pick<RosterEntry, 'idx' | 'kph'>,
  { kuSeq, rsaSpki, dhPub }: Pick<LeafKeys, 'rsaSpki' | 'dhPub'> & { kuSeq: number },
): Promise<Bytes> {
  const unsigned = concat(
    concat(u8(VERSION), u16(suite), gid, u16(idx), u16(kuSeq)),
    concat(v16(rsaSpki), v16(dhPub)),
  );
  return concat(unsigned, v16(await signAs(identity, 'KU', concat(kph, unsigned))));
}

/** @throws BcError ERR_FORMAT */
export function parseKeyUpdate(bytes: Bytes): ParsedKeyUpdate {
  const reader = new Reader(bytes);
  const head = {
    suite: parseSuite(reader.u8(), reader.u16()),
    gid: reader.bytes(32),
    idx: reader.u16(),
    kuSeq: reader.u16(),
    rsaSpki: reader.v16(),
    dhPub: reader.v16(),
  };
  const signed = reader.since(0);
  const signature = reader.v16();
  reader.end();
  return { ...head, signed, signature };
}

/**
 * All that can be told from the bytes and the roster.
 * @throws BcError ERR_FORMAT, ERR_SUITE, ERR_KU (another group, nobody's, or no update), ERR_KU_SIG, ERR_KEY
 */
export async function verifyKeyUpdate(
  bytes: Bytes,
  { suite, gid }: Membership,
  roster: Roster,
): Promise<{ update: KeyUpdate; owner: RosterEntry }> {
  const { signed, signature, ...parsed } = parseKeyUpdate(bytes);
  requireSuite(parsed.suite, suite);
  const owner = entryAt(roster, parsed.idx);
  if (!owner || !equalBytes(parsed.gid, gid) || parsed.kuSeq === 0) {
    throw new BcError('ERR_KU', 'this key update belongs to nobody here');
  }
  if (!(await isSignedBy(owner.sigPub, 'KU', concat(owner.kph, signed), signature))) {
    throw new BcError('ERR_KU_SIG', 'the key update is not signed by its member');
  }
  await requireSoundKeys(parsed);
  const { idx, kuSeq, rsaSpki, dhPub } = parsed;
  return { update: { idx, kuSeq, rsaSpki, dhPub }, owner };
}
