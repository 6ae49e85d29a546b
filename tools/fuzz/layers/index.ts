import type * as fc from 'fast-check';
import type { AttackCase, Layer } from '../attack-case.ts';
import { hostileEvents } from './app-events.ts';
import { hostileEngine } from './engine-packets.ts';
import { hostileFrames } from './frames.ts';
import { hostileHttp } from './http.ts';
import { hostilePackets } from './socket-packets.ts';

/** What a gateway is attacked with, by layer of RELIABILITY §8. */
export const LAYERS: ReadonlyMap<Layer, fc.Arbitrary<AttackCase>> = new Map([
  ['L0', hostileFrames],
  ['L1', hostileEngine],
  ['L2', hostilePackets],
  ['L3', hostileEvents],
  ['L10', hostileHttp],
]);
