import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import { parseKeyPackageCore, requireSoundKeys } from './key-package.ts';
import type { Reader } from './reader.ts';
import type { Roster, RosterEntry } from './roster.ts';
import type { Suite } from './suites.ts';
import { sha256 } from './webcrypto.ts';
import type { WrapKeys } from './wrap.ts';
import { v16 } from './writer.ts';

/** The keys a rekey wraps to, with the key package they came in: its hash stands in the roster. */
export interface DirectoryEntry extends WrapKeys {
  core: Bytes;
}

/** The members' wrap keys, by idx. */
export type Directory = ReadonlyMap<number, DirectoryEntry>;

export function directoryEntry(core: Bytes): DirectoryEntry {
  const { rsaSpki, dhPub } = parseKeyPackageCore(core);
  return { core, rsaSpki, dhPub };
}

export function encodeDirectory(roster: Roster, directory: Directory): Bytes {
  return concat(...roster.map((entry) => v16(entryOf(directory, entry.idx).core)));
}

/** One key package for each member, in the order of the roster; whose they are is proven later against the roster. */
export function readDirectoryCores(reader: Reader): Bytes[] {
  const cores: Bytes[] = [];
  while (!reader.atEnd) cores.push(reader.v16());
  return cores;
}

/**
 * Each key package must be the one whose hash the (confirmed) roster carries, so nobody can slip in a key.
 * @throws BcError ERR_ROSTER, ERR_KEY, ERR_FORMAT
 */
export async function matchDirectory(
  roster: Roster,
  cores: readonly Bytes[],
  suite: Suite,
): Promise<Directory> {
  if (cores.length !== roster.length) throw mismatch();
  const entries = roster.map(async (member, i): Promise<[number, DirectoryEntry]> => {
    return [member.idx, await matchCore(member, cores[i], suite)];
  });
  return new Map(await Promise.all(entries));
}

/** @throws BcError ERR_ROSTER */
export function entryOf(directory: Directory, idx: number): DirectoryEntry {
  const entry = directory.get(idx);
  if (!entry) throw mismatch();
  return entry;
}

async function matchCore(
  member: RosterEntry,
  core: Bytes | undefined,
  suite: Suite,
): Promise<DirectoryEntry> {
  if (!core || !equalBytes(await sha256(core), member.kph)) throw mismatch();
  const parsed = parseKeyPackageCore(core);
  if (parsed.suite !== suite || !equalBytes(parsed.sigPub, member.sigPub)) throw mismatch();
  await requireSoundKeys(parsed);
  return { core, rsaSpki: parsed.rsaSpki, dhPub: parsed.dhPub };
}

function mismatch(): BcError {
  return new BcError('ERR_ROSTER', 'the keys of the members do not match the roster');
}
