import { setTimeout as pause } from 'node:timers/promises';
import type { Counter, Member } from './member.ts';
import { cpuSeconds, residentBytes } from './process.ts';
import type { Running, Variant } from './variants.ts';

/** So many rooms, of so many members each, in each of which so many messages a second are sent. */
export interface Workload {
  name: string;
  what: string;
  rooms: number;
  size: number;
  perSecond: number;
}

export const WORKLOADS: readonly Workload[] = [
  { name: 'A100', what: 'one room of 100, 20 messages a second', rooms: 1, size: 100, perSecond: 20 },
  { name: 'A500', what: 'one room of 500, 20 messages a second', rooms: 1, size: 500, perSecond: 20 },
  { name: 'A1000', what: 'one room of 1,000, 10 messages a second', rooms: 1, size: 1_000, perSecond: 10 },
  { name: 'B', what: '200 rooms of 5, 1.5 messages a second each', rooms: 200, size: 5, perSecond: 1.5 },
  { name: 'Bhi', what: '40 rooms of 5, 15 messages a second each', rooms: 40, size: 5, perSecond: 15 },
];

/** One variant under one workload. */
export interface Row {
  workload: string;
  variant: string;
  /** Processor time a delivery of all processes, median of the rounds. */
  cpuMicros: number;
  /** How many deliveries one second of processor time is good for. */
  deliveriesPerCpuSecond: number;
  /** Processor time that a member's way in took, connection included. */
  cpuMicrosPerJoin: number;
  /** What a member adds to the memory of the servers, once all are in. */
  bytesPerMember: number;
  /** Messages that somebody should have got and didn't, of all rounds. */
  lost: number;
}

const SETTLE_MS = 1_500;

interface Prepared {
  name: string;
  running: Running;
  rooms: Member[][];
  counter: Counter;
  join: { cpuMicrosPerJoin: number; bytesPerMember: number };
  rounds: number[];
  lost: number;
}

/** Measures the variants side by side, round after round, so that what disturbs the machine disturbs all alike. */
export async function measure(
  workload: Workload,
  variants: readonly Variant[],
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Row[]> {
  const prepared: Prepared[] = [];
  try {
    for (const variant of variants) prepared.push(await prepare(variant, workload));
    for (let round = 0; round < rounds; round++)
      for (const each of prepared) await measureRound(each, workload, seconds);
  } finally {
    await Promise.all(prepared.map(({ running }) => running.stop()));
  }
  return prepared.map((each) => rowOf(each, workload));
}

async function prepare({ name, start }: Variant, { rooms: count, size }: Workload): Promise<Prepared> {
  const running = await start();
  const counter: Counter = { deliveries: 0 };
  const before = { cpu: cpuOf(running), memory: memoryOf(running) };
  const rooms = await running.rooms(count, size, counter);
  await pause(SETTLE_MS);
  const members = count * size;
  const join = {
    cpuMicrosPerJoin: ((cpuOf(running) - before.cpu) * 1e6) / members,
    bytesPerMember: (memoryOf(running) - before.memory) / members,
  };
  return { name, running, rooms, counter, join, rounds: [], lost: 0 };
}

async function measureRound(prepared: Prepared, workload: Workload, seconds: number): Promise<void> {
  const { running, rooms, counter } = prepared;
  const [cpu, deliveries] = [cpuOf(running), counter.deliveries];
  const sent = await talk(rooms, workload, seconds);
  const wanted = sent * (workload.size - 1);
  await settled(counter, deliveries + wanted);
  const delivered = counter.deliveries - deliveries;
  prepared.rounds.push(((cpuOf(running) - cpu) * 1e6) / delivered);
  prepared.lost += wanted - delivered;
}

/** Sends at even distances, each room's members in turn; resolves with how many were sent. */
async function talk(rooms: Member[][], { perSecond, size }: Workload, seconds: number): Promise<number> {
  const total = Math.round(rooms.length * perSecond * seconds);
  const distanceMs = (seconds * 1_000) / total;
  const started = performance.now();
  const pending: Promise<void>[] = [];
  for (let i = 0; i < total; i++) {
    const ahead = started + i * distanceMs - performance.now();
    if (ahead > 1) await pause(ahead);
    const room = rooms[i % rooms.length]!;
    pending.push(room[Math.floor(i / rooms.length) % size]!.send());
  }
  await Promise.all(pending);
  return total;
}

/** Until all is delivered, or nothing has come for a while. */
async function settled(counter: Counter, wanted: number): Promise<void> {
  for (let last = -1; counter.deliveries < wanted && counter.deliveries !== last;) {
    last = counter.deliveries;
    await pause(SETTLE_MS);
  }
}

function rowOf({ name, rounds, lost, join }: Prepared, workload: Workload): Row {
  const cpuMicros = [...rounds].sort((a, b) => a - b)[rounds.length >> 1]!;
  return {
    workload: workload.name,
    variant: name,
    cpuMicros,
    deliveriesPerCpuSecond: 1e6 / cpuMicros,
    ...join,
    lost,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const cpuOf = ({ pids }: Running): number => sum(pids.map(cpuSeconds));
const memoryOf = ({ servers }: Running): number => sum(servers.map(residentBytes));
