import { checkHistory, countAnomalies, type Anomaly } from '@bytechat/testing/history';
import type { Fault } from './faults/fault.ts';
import { sendTimes, spreadOf, unavailability } from './figures.ts';
import type { RunRecord } from './people/run-record.ts';
import type { Talker } from './people/talker.ts';
import type { FaultReport } from './report.ts';

export interface Evidence {
  fault: Fault;
  settings: { seed: number; acked: number; injections: number };
  record: RunRecord;
  /** How many events there were when the load ended. */
  loadEnd: number;
  /** Sights before the log was read. */
  delivered: number;
  talkers: readonly Pick<Talker, 'unsent' | 'told' | 'ended' | 'absences' | 'pending'>[];
  injected: number;
  isSettled: boolean;
  /** Logs that could not be read, in words. */
  unread: readonly string[];
  crashes: readonly string[];
}

/** So many anomalies are told in words. */
const TOLD = 10;

export function judge(evidence: Evidence): FaultReport {
  const { fault, settings, record, loadEnd, talkers, injected, delivered } = evidence;
  const anomalies = checkHistory(record.events);
  const underLoad = record.events.slice(0, loadEnd);
  const counted = {
    unsent: sum(talkers.map(({ unsent }) => unsent)),
    told: sum(talkers.map(({ told }) => told)),
    ended: sum(talkers.flatMap(({ ended }) => (ended === undefined ? [] : new Map([[ended, 1]])))),
    restarts: record.events.filter((event) => event.type === 'recover' && !event.recovered).length,
  };
  const failures = [
    ...shortfalls(evidence),
    ...unexpected(fault, counted),
    ...anomalies.slice(0, TOLD).map(inWords),
  ];
  return {
    ...{ id: fault.id, title: fault.title, seed: settings.seed },
    ...{ acked: record.acknowledged, delivered, injected },
    anomalies: countAnomalies(anomalies),
    unavailabilityMs: unavailability(underLoad),
    reconnectMs: spreadOf(talkers.flatMap(({ absences }) => absences)),
    sendMs: spreadOf(sendTimes(underLoad)),
    ...counted,
    pass: failures.length === 0,
    failures,
  };
}

/** A run in which too little happened proves nothing. */
function shortfalls({ settings, record, injected, talkers, isSettled, unread, crashes }: Evidence): string[] {
  const pending = talkers.reduce((total, talker) => total + talker.pending, 0);
  return [
    ...(injected < Math.max(1, settings.injections) ? [`Only ${injected} faults were injected.`] : []),
    ...(record.acknowledged < settings.acked
      ? [`Only ${record.acknowledged} messages were acknowledged.`]
      : []),
    ...(isSettled ? [] : [`It did not come to rest; ${pending} messages were still under way.`]),
    ...unread,
    ...crashes.map((crash) => `A gateway ended by itself. ${crash}`),
    ...new Set(record.problems),
  ];
}

type Counted = Pick<FaultReport, 'unsent' | 'told' | 'ended' | 'restarts'>;

/** Lines that say that something is missing or can't be read. */
const BAD_NEWS = ['gap', 'unreadable', 'rejoined', 'alarm GAP', 'alarm FORK'];

/** Where rooms are to survive, nobody is told of a failure. Where they can't, nothing may be said to be whole. */
function unexpected({ endsRooms = false }: Fault, { unsent, told, ended, restarts }: Counted): string[] {
  if (endsRooms) return [];
  const bad = Object.entries(told).filter(([kind]) => BAD_NEWS.includes(kind));
  return [
    ...Object.entries(unsent).map(([why, count]) => `${count} sends were shown as failed: ${why}.`),
    ...Object.entries(ended).map(([why, count]) => `The room ended for ${count}: ${why}.`),
    ...bad.map(([kind, count]) => `People were told ${count} times: ${kind}.`),
    ...(restarts > 0 ? [`${restarts} times somebody had to come back as a new member.`] : []),
  ];
}

const inWords = ({ kind, room, process, id, detail }: Anomaly): string =>
  `${kind} in ${room}${process === undefined ? '' : ` for ${process}`}: ${id ?? ''} ${detail}`;

function sum(maps: readonly ReadonlyMap<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [kind, count] of maps.flatMap((map) => [...map])) total[kind] = (total[kind] ?? 0) + count;
  return total;
}
