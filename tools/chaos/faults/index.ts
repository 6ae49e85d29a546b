import type { MakeFault } from './fault.ts';
import { badLink, doorCut, herd, hintsDisturbed, oneWay, replyLost } from './network-faults.ts';
import {
  clockJump,
  descriptorsSpent,
  endpointLag,
  frozenGateway,
  gatewayCrash,
  rollingUpdate,
} from './pod-faults.ts';
import {
  memoryFull,
  pubSubCut,
  redisCrash,
  redisEmptied,
  redisFlushed,
  redisForgot,
  redisFrozen,
  scriptsFlushed,
} from './redis-faults.ts';
import { handover, masterKilled, sentinelsDead, split } from './sentinel-faults.ts';

const MIXED: readonly MakeFault[] = [gatewayCrash, redisCrash, redisFrozen, pubSubCut, oneWay];

const mix: MakeFault = (random) => {
  const faults = MIXED.map((make) => make(random));
  return {
    id: 'F30',
    title: `any of ${faults.map(({ id }) => id).join(', ')}`,
    everyMs: 2_000,
    inject: (scene) => random.pick(faults).inject(scene),
  };
};

/** The faults of RELIABILITY §6 that plain processes on loopback can make. */
export const FAULTS: ReadonlyMap<string, MakeFault> = new Map([
  ['F1', gatewayCrash],
  ['F2', rollingUpdate],
  ['F3', endpointLag],
  ['F4', frozenGateway],
  ['F7', redisCrash],
  ['F8', redisEmptied],
  ['F9', redisFlushed],
  ['F10', redisFrozen],
  ['F11', memoryFull],
  ['F12', pubSubCut],
  ['F13', replyLost],
  ['F14', scriptsFlushed],
  ['F15', masterKilled],
  ['F16', handover],
  ['F17', split],
  ['F18', sentinelsDead],
  ['F19', oneWay],
  ['F20', badLink],
  ['F21', doorCut],
  ['F22', herd],
  ['F23', clockJump],
  ['F25', descriptorsSpent],
  ['F28', hintsDisturbed],
  ['F30', mix],
  ['F31', redisForgot],
]);
