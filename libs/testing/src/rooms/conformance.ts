import { DEFAULT_STORE_LIMITS } from '@bytechat/rooms';
import { abandonmentStories } from './abandonment-stories.ts';
import { addressStories } from './address-stories.ts';
import { carriedStories } from './carried-stories.ts';
import { commitStories } from './commit-stories.ts';
import { entranceStories } from './entrance-stories.ts';
import { gateStories } from './gate-stories.ts';
import { keyUpdateStories } from './key-update-stories.ts';
import { ManualClock, type Jest, type Stage, type StoreWorld, type WorldFactory } from './harness.ts';
import { logStories } from './log-stories.ts';
import { messageStories } from './message-stories.ts';
import { presenceStories } from './presence-stories.ts';
import { reinitStories } from './reinit-stories.ts';
import { rotationStories } from './rotation-stories.ts';

/** What every RoomStore must do, told as stories. Call it in a spec, with Jest's own globals. */
export function roomStoreConformance(name: string, makeWorld: WorldFactory, jest: Jest): void {
  jest.describe(name, () => {
    const open: StoreWorld[] = [];
    jest.afterEach(async () => {
      await Promise.all(open.splice(0).map((world) => world.close()));
    });
    const stage: Stage = {
      jest,
      setUp: async (settings = {}) => {
        const clock = new ManualClock();
        const world = await makeWorld({ limits: DEFAULT_STORE_LIMITS, now: clock.now, ...settings });
        open.push(world);
        return { world, store: world.open(), clock };
      },
    };
    const stories = [
      entranceStories,
      gateStories,
      messageStories,
      logStories,
      commitStories,
      rotationStories,
      keyUpdateStories,
      reinitStories,
      carriedStories,
      presenceStories,
      abandonmentStories,
      addressStories,
    ];
    for (const tell of stories) tell(stage);
  });
}
