import { setTimeout as pause } from 'node:timers/promises';
import type { Injector } from './injector.ts';
import { Load } from './people/load.ts';
import type { Party } from './people/party.ts';
import type { RunRecord } from './people/run-record.ts';
import type { Plant } from './plant/plant.ts';
import type { Seeded } from './plant/seeded.ts';
import { comesTrue } from './plant/waiting.ts';

/** A room's log keeps 4,096 messages, and all are to be in it at the end. */
const MOST_IN_A_ROOM = 3_500;
const RATE = 12;
/** Under load for at most this much longer than asked, when the wanted numbers don't come together. */
const LONGEST_EXTRA_LOAD_MS = 180_000;
const QUIET_MS = 1_000;
const ONLINE_WITHIN_MS = 90_000;
const CUT_SEEN_WITHIN_MS = 1_000;

/** At least so long, and until so much has happened. */
export interface Wanted {
  loadMs: number;
  acked: number;
  injections: number;
  /** Messages of one room in a second, at most; fewer in a long run. */
  rate?: number;
}

/** People talk while things go wrong, and a little while before and after. */
export async function underLoad(
  parties: readonly Party[],
  injector: Injector,
  record: RunRecord,
  random: Seeded,
  { loadMs, acked, injections, rate = RATE }: Wanted,
): Promise<void> {
  const load = new Load(parties, random, Math.max(1_000 / rate, loadMs / MOST_IN_A_ROOM));
  load.start();
  await pause(QUIET_MS);
  const begin = record.now();
  const isEnough = (): boolean =>
    record.now() - begin >= loadMs && record.acknowledged >= acked && injector.injected >= injections;
  const isHopeless = (): boolean =>
    record.problems.length > 0 || record.now() - begin > loadMs + LONGEST_EXTRA_LOAD_MS;
  await injector.runUntil(() => isEnough() || isHopeless());
  await areOnline(parties);
  await pause(QUIET_MS);
  await load.stop();
}

/** Whether nothing is under way any more and everybody has seen everything. */
export const settle = (parties: readonly Party[]): Promise<boolean> =>
  comesTrue(() => parties.every((party) => party.areOnline && party.isLevel), ONLINE_WITHIN_MS);

/** Everybody moves to one pod after the other, and one of each room reads its log there. Resolves with what failed. */
export async function readLogs(plant: Plant, parties: readonly Party[]): Promise<string[]> {
  const unread: string[] = [];
  for (const pod of plant.pods) {
    plant.endpoints.only(pod.gateway);
    plant.door.cut();
    await comesTrue(() => parties.every((party) => !party.areOnline), CUT_SEEN_WITHIN_MS);
    if (!(await areOnline(parties))) return [...unread, `Not everybody came to ${pod.name}.`];
    for (const party of parties)
      await party
        .readLog(pod.name)
        .catch((error: unknown) => unread.push(`${pod.name}: ${(error as Error).message}`));
  }
  return unread;
}

const areOnline = (parties: readonly Party[]): Promise<boolean> =>
  comesTrue(() => parties.every((party) => party.areOnline), ONLINE_WITHIN_MS);
