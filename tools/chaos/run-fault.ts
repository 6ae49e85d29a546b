import { PooledKeySource } from '@bytechat/testing/client';
import type { Fault, MakeFault } from './faults/fault.ts';
import { Injector, type Injection } from './injector.ts';
import { judge } from './judge.ts';
import { Party } from './people/party.ts';
import { RunRecord } from './people/run-record.ts';
import { Plant, type PlantOptions } from './plant/plant.ts';
import { Seeded } from './plant/seeded.ts';
import type { FaultReport } from './report.ts';
import { readLogs, settle, underLoad, type Wanted } from './stages.ts';

export interface RunSettings extends Wanted {
  seed: number;
  rooms?: number;
  /** In each room. */
  people?: number;
  /** The fault's own times are multiplied by this. */
  tempo?: number;
  /** The folder of another built gateway than this repository's. */
  built?: string;
  progress?(state: Progress): void;
}

export interface Progress {
  phase: 'building' | 'gathering' | 'load' | 'settling' | 'reading the log';
  acked: number;
  delivered: number;
  injected: number;
}

export interface RunOutcome {
  report: FaultReport;
  record: RunRecord;
  injections: readonly Injection[];
}

const KEYS = new PooledKeySource();
const PROGRESS_MS = 500;

/**
 * People talk, things go wrong, things are well again, everybody comes to rest, the log is read through each pod; then
 * the history is checked. Builds all it needs and takes it down.
 */
export async function runFault(make: MakeFault, settings: RunSettings): Promise<RunOutcome> {
  const run = new Run(make, settings);
  try {
    return await run.go();
  } finally {
    await run.end();
  }
}

class Run {
  readonly #settings: RunSettings;
  readonly #random: Seeded;
  readonly #fault: Fault;
  readonly #record = new RunRecord();
  #phase: Progress['phase'] = 'building';
  #ticker: NodeJS.Timeout | undefined;
  #plant: Plant | undefined;
  #parties: readonly Party[] = [];
  #injector: Injector | undefined;

  constructor(make: MakeFault, settings: RunSettings) {
    this.#settings = settings;
    this.#random = new Seeded(settings.seed);
    this.#fault = make(this.#random);
  }

  async go(): Promise<RunOutcome> {
    this.#ticker = setInterval(() => this.#tell(this.#phase), PROGRESS_MS);
    this.#tell('building');
    const plant = await Plant.build(this.#plantOptions());
    this.#plant = plant;
    const injector = this.#createInjector(plant);
    this.#tell('gathering');
    this.#parties = this.#invite(plant.url);
    await Promise.all(this.#parties.map((party) => party.meet()));
    this.#tell('load');
    const wanted = { ...this.#settings, ...this.#fault.crowd };
    await underLoad(this.#parties, injector, this.#record, this.#random, wanted);
    const [loadEnd, delivered] = [this.#record.events.length, this.#record.delivered];
    this.#tell('settling');
    const isSettled = await settle(this.#parties);
    this.#tell('reading the log');
    const unread = isSettled ? await readLogs(plant, this.#parties) : [];
    const report = judge({
      ...{
        fault: this.#fault,
        settings: this.#settings,
        record: this.#record,
        loadEnd,
        delivered,
        isSettled,
      },
      ...{ unread, injected: injector.injected, crashes: plant.crashes },
      talkers: this.#parties.flatMap(({ everybody }) => everybody),
    });
    return { report, record: this.#record, injections: injector.injections };
  }

  async end(): Promise<void> {
    clearInterval(this.#ticker);
    await Promise.all(this.#parties.map((party) => party.goHome()));
    await this.#plant?.close();
  }

  #plantOptions(): PlantOptions {
    const { built } = this.#settings;
    const { needs = {} } = this.#fault;
    return built === undefined ? needs : { ...needs, built };
  }

  #createInjector(plant: Plant): Injector {
    const { tempo = 1 } = this.#settings;
    const deps = { plant, random: this.#random, tempo, now: () => this.#record.now() };
    return (this.#injector = new Injector(this.#fault, deps));
  }

  #invite(url: string): Party[] {
    const { rooms = 4, people = 3 } = { ...this.#settings, ...this.#fault.crowd };
    const between = this.#fault.between?.bind(this.#fault);
    const deps = { url, record: this.#record, keySource: KEYS, ...(between ? { between } : {}) };
    return Array.from({ length: rooms }, (_, index) => new Party(`room${index + 1}`, people, deps));
  }

  #tell(phase: Progress['phase']): void {
    this.#phase = phase;
    const { acknowledged: acked, delivered } = this.#record;
    this.#settings.progress?.({ phase, acked, delivered, injected: this.#injector?.injected ?? 0 });
  }
}
