import { type Bytes, concat, toHex } from './bytes.ts';
import type { Roster } from './roster.ts';
import { sha256 } from './webcrypto.ts';
import { u32 } from './writer.ts';

/** Who acts first in an epoch (PROTOCOL §6.10, "Who"): rank by idx, a different order in every epoch. */
export async function rankMembers(
  gid: Bytes,
  epoch: number,
  roster: Roster,
): Promise<ReadonlyMap<number, number>> {
  const keyed = await Promise.all(
    roster.map(async ({ idx, mid }) => ({ idx, key: toHex(await sha256(concat(gid, u32(epoch), mid))) })),
  );
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return new Map(keyed.map(({ idx }, rank) => [idx, rank]));
}
