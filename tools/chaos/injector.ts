import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './faults/fault.ts';
import type { Plant } from './plant/plant.ts';
import type { Seeded } from './plant/seeded.ts';

/** When something was wrong, in ms of the run. */
export interface Injection {
  from: number;
  until: number;
}

export interface InjectorDeps {
  plant: Plant;
  random: Seeded;
  /** Waits of the fault are multiplied by this. */
  tempo: number;
  now(): number;
}

/** Lets one fault happen again and again. */
export class Injector {
  readonly injections: Injection[] = [];
  readonly #fault: Fault;
  readonly #deps: InjectorDeps;
  #injected = 0;

  constructor(fault: Fault, deps: InjectorDeps) {
    this.#fault = fault;
    this.#deps = deps;
  }

  get injected(): number {
    return this.#injected;
  }

  async runUntil(isOver: () => boolean): Promise<void> {
    const { plant, random, tempo, now } = this.#deps;
    const scene = { plant, random, pause: (ms: number) => pause(ms * tempo) };
    while (!isOver()) {
      const from = now();
      this.#injected += await this.#fault.inject(scene);
      this.injections.push({ from, until: now() });
      await scene.pause(this.#fault.everyMs);
    }
    plant.mend();
  }
}
