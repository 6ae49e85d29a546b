import { setTimeout as pause } from 'node:timers/promises';
import { checkHistory, countAnomalies, type AnomalyKind } from '@bytechat/testing/history';
import { PooledKeySource } from '@bytechat/testing/client';
import { Party } from '../chaos/people/party.ts';
import { RunRecord } from '../chaos/people/run-record.ts';
import { Plant } from '../chaos/plant/plant.ts';
import { Seeded } from '../chaos/plant/seeded.ts';
import { comesTrue } from '../chaos/plant/waiting.ts';
import { Sampler, type Measure, type Sample } from './sampler.ts';

export interface SoakSettings {
  minutes: number;
  seed: number;
  progress?(sample: Sample, acked: number): void;
}

export interface SoakReport {
  seed: number;
  minutes: number;
  acked: number;
  /** Rooms that came and went. */
  rooms: number;
  faults: number;
  anomalies: Record<AnomalyKind, number>;
  /** Units an hour. */
  slopes: Record<Measure, number>;
  /** Keys of rooms when everybody had gone. */
  roomKeysLeft: number;
  crashes: string[];
  samples: Sample[];
}

const ROOMS = 6;
const PEOPLE = 4;
/** Between two messages of one room, on average. */
const PAUSE_MS = 100;
/** Rooms come and go: each lives so long, and none as long as the next. */
const ROOM_LIFE_MS = { min: 20_000, max: 60_000 };
const FAULT_EVERY_MS = 60_000;
const SAMPLE_EVERY_MS = 5_000;
const LEVEL_WITHIN_MS = 60_000;
const EMPTY_ROOM_SECONDS = 10;
const GONE_WITHIN_MS = 120_000;
/** Those of addresses have a shorter tag than the 22 letters of a room's id. */
const ANY_ROOM_KEY = `bc:{${'?'.repeat(22)}}*`;

/** People come, talk and go for a long time, with a fault a minute, while memory and all else that may pile up is looked at. */
export async function runSoak({ minutes, seed, progress }: SoakSettings): Promise<SoakReport> {
  const sampler = new Sampler();
  const environment = { ...sampler.environment, BYTECHAT_EMPTY_ROOM_SECONDS: String(EMPTY_ROOM_SECONDS) };
  const plant = await Plant.build({ environment });
  const soak = new Soak(plant, new Seeded(seed), performance.now() + minutes * 60_000);
  try {
    const looking = soak.look(sampler, progress);
    await Promise.all([soak.live(), soak.disturb()]);
    await looking;
    const roomKeysLeft = await soak.end();
    return {
      seed,
      minutes,
      ...soak.outcome(),
      slopes: sampler.slopes(),
      roomKeysLeft,
      samples: sampler.samples,
    };
  } finally {
    await plant.close();
    sampler.close();
  }
}

class Soak {
  readonly #plant: Plant;
  readonly #random: Seeded;
  readonly #until: number;
  readonly #record = new RunRecord();
  readonly #parties: readonly Party[];
  #rooms = 0;
  #faults = 0;

  constructor(plant: Plant, random: Seeded, until: number) {
    this.#plant = plant;
    this.#random = random;
    this.#until = until;
    const deps = { url: plant.url, record: this.#record, keySource: new PooledKeySource() };
    this.#parties = Array.from({ length: ROOMS }, (_, index) => new Party(`room${index + 1}`, PEOPLE, deps));
  }

  async live(): Promise<void> {
    await Promise.all(this.#parties.map((party) => this.#meetAgainAndAgain(party)));
  }

  async disturb(): Promise<void> {
    for (let next = performance.now() + FAULT_EVERY_MS; next < this.#until; next += FAULT_EVERY_MS) {
      await pause(next - performance.now());
      if (this.#faults++ % 2 === 0) await this.#plant.redis.admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      else this.#plant.door.cut();
    }
  }

  async look(sampler: Sampler, progress: SoakSettings['progress']): Promise<void> {
    while (!this.#isOver) {
      progress?.(await sampler.look(this.#plant), this.#record.acknowledged);
      await pause(SAMPLE_EVERY_MS);
    }
  }

  /** Everybody goes. Resolves with how many keys of rooms are there when their time is over. */
  async end(): Promise<number> {
    await Promise.all(this.#parties.map((party) => party.goHome()));
    let left = await this.#roomKeys();
    const end = performance.now() + GONE_WITHIN_MS;
    while (left > 0 && performance.now() < end) {
      await pause(1_000);
      left = await this.#roomKeys();
    }
    return left;
  }

  outcome(): Pick<SoakReport, 'acked' | 'rooms' | 'faults' | 'anomalies' | 'crashes'> {
    return {
      ...{ acked: this.#record.acknowledged, rooms: this.#rooms, faults: this.#faults },
      anomalies: countAnomalies(checkHistory(this.#record.events)),
      crashes: this.#plant.crashes,
    };
  }

  get #isOver(): boolean {
    return performance.now() > this.#until;
  }

  async #meetAgainAndAgain(party: Party): Promise<void> {
    while (!this.#isOver) {
      await party.meet();
      this.#rooms++;
      await this.#talk(party, performance.now() + this.#random.between(ROOM_LIFE_MS.min, ROOM_LIFE_MS.max));
      if (!(await comesTrue(() => party.areOnline && party.isLevel, LEVEL_WITHIN_MS)))
        this.#record.problem('A room did not come to rest.');
    }
  }

  async #talk(party: Party, until: number): Promise<void> {
    while (!this.#isOver && performance.now() < until) {
      await this.#random.pick(party.present).say();
      await pause(this.#random.between(0, 2 * PAUSE_MS));
    }
  }

  async #roomKeys(): Promise<number> {
    let count = 0;
    for await (const keys of this.#plant.redis.admin.scanStream({ match: ANY_ROOM_KEY, count: 1_000 }))
      count += (keys as string[]).length;
    return count;
  }
}
