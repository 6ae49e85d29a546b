import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plant } from '../chaos/plant/plant.ts';
import { comesTrue } from '../chaos/plant/waiting.ts';
import { slopePerHour } from './slope.ts';

/** What is looked at, summed over the gateways where there are several. */
export const MEASURES = [
  'heapBytes',
  'residentBytes',
  'descriptors',
  'redisBytes',
  'redisKeys',
  'redisClients',
] as const;
export type Measure = (typeof MEASURES)[number];
export type Sample = { atMs: number } & Record<Measure, number>;

const COLLECTED_WITHIN_MS = 2_000;
const KIB = 1_024;

/** Looks at gateways and Redis from outside. */
export class Sampler {
  readonly samples: Sample[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'bytechat-soak-'));
  readonly #begin = performance.now();

  /** For every gateway that is to be looked at. */
  get environment(): Record<string, string> {
    const preload = new URL('collect-on-signal.mjs', import.meta.url).href;
    return { SOAK_FOLDER: this.#folder, NODE_OPTIONS: `--expose-gc --import ${preload}` };
  }

  async look({ pods, redis }: Plant): Promise<Sample> {
    const pids = pods.map(({ gateway }) => gateway.pid);
    const heaps = await Promise.all(pids.map((pid) => this.#heapOf(pid)));
    const info = await redis.admin.info();
    const sample: Sample = {
      atMs: performance.now() - this.#begin,
      heapBytes: sum(heaps),
      residentBytes: sum(pids.map(residentBytes)),
      descriptors: sum(pids.map((pid) => readdirSync(`/proc/${pid}/fd`).length)),
      redisBytes: fieldOf(info, 'used_memory'),
      redisKeys: await redis.admin.dbsize(),
      redisClients: fieldOf(info, 'connected_clients'),
    };
    this.samples.push(sample);
    return sample;
  }

  /** By measure, in units an hour, without the first part, in which everything grows. */
  slopes(): Record<Measure, number> {
    const steady = this.samples.slice(Math.floor(this.samples.length / 3));
    const entries = MEASURES.map((measure) => [
      measure,
      slopePerHour(steady.map((sample) => ({ atMs: sample.atMs, value: sample[measure] }))),
    ]);
    return Object.fromEntries(entries) as Record<Measure, number>;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** After its garbage is collected. @throws {Error} when it doesn't answer */
  async #heapOf(pid: number): Promise<number> {
    const path = join(this.#folder, String(pid));
    rmSync(path, { force: true });
    process.kill(pid, 'SIGUSR2');
    const isThere = await comesTrue(() => readOrNothing(path) !== '', COLLECTED_WITHIN_MS);
    if (!isThere) throw new Error('A gateway did not say how much memory it uses.');
    return Number(readOrNothing(path));
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB;
}

const fieldOf = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
