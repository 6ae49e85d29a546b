import { addressOfPod } from '../plant/plant.ts';
import type { Fault } from './fault.ts';

const REPLICATED = { isReplicated: true };
const SPLIT_MS = 10_000;
const PAUSE_MS = 5_000;

export const masterKilled = (): Fault => ({
  id: 'F15',
  title: 'master killed, a replica takes over, the old one comes back as a replica',
  everyMs: 3_000,
  needs: REPLICATED,
  inject: async ({ plant: { replicated } }) => {
    const master = await replicated.master();
    await master.crash();
    const isFollowed = await replicated.hasOtherMaster(master);
    await master.restartAfter(await replicated.master());
    await replicated.untilInStep();
    return isFollowed ? 1 : 0;
  },
});

/** As docs/OPERATIONS.md says: without the pause, a master that is already replaced acknowledges for a second more. */
export const handover = (): Fault => ({
  id: 'F16',
  title: 'planned failover to a replica, writes paused before',
  everyMs: 2_000,
  needs: REPLICATED,
  inject: async ({ plant: { replicated } }) => {
    const master = await replicated.master();
    await master.pauseWrites(PAUSE_MS);
    if (!(await replicated.handOver())) return 0;
    const isFollowed = await replicated.hasOtherMaster(master);
    await replicated.untilInStep();
    return isFollowed ? 1 : 0;
  },
});

/**
 * Those on the wrong side talk to a master that nobody else knows any more. What they read there that nobody else has was
 * acknowledged to nobody; they are told, and come back as new members.
 */
export const split = (): Fault => ({
  id: 'F17',
  title: 'the master and one gateway cut off from everything else for 10 s',
  everyMs: 4_000,
  needs: REPLICATED,
  endsRooms: true,
  inject: async ({ plant: { replicated, pods }, random, pause }) => {
    const master = await replicated.master();
    await replicated.split(addressOfPod(pods.indexOf(random.pick(pods))));
    await pause(SPLIT_MS);
    const isFollowed = await replicated.hasOtherMaster(master);
    replicated.mend();
    await replicated.untilInStep();
    return isFollowed ? 1 : 0;
  },
});

export const sentinelsDead = (): Fault => ({
  id: 'F18',
  title: 'every sentinel dead for 5 s, the master well',
  everyMs: 3_000,
  needs: REPLICATED,
  inject: async ({ plant: { replicated }, pause }) => {
    await replicated.killSentinels();
    await pause(5_000);
    await replicated.restartSentinels();
    return 1;
  },
});
