import type { TransportFactory } from '@bytechat/client';
import type { Plant, PlantOptions } from '../plant/plant.ts';
import type { Seeded } from '../plant/seeded.ts';

export interface Scene {
  plant: Plant;
  random: Seeded;
  /** A part of the fault's time; shorter where a run is short. */
  pause(ms: number): Promise<void>;
}

/** One way in which things go wrong (RELIABILITY §6). */
export interface Fault {
  id: string;
  title: string;
  /** Between two injections, in ms. */
  everyMs: number;
  /** Does it and undoes it. Resolves with how often it did. */
  inject(scene: Scene): Promise<number>;
  /** What has to stand for it, besides three gateways. */
  needs?: Omit<PlantOptions, 'built'>;
  /** Instead of the usual few. */
  crowd?: { rooms: number; people: number; rate: number };
  /** What it puts between every client and its socket. */
  between?(factory: TransportFactory): TransportFactory;
  /** The rooms are gone: people are told so, and begin anew. */
  endsRooms?: boolean;
}

export type MakeFault = (random: Seeded) => Fault;
