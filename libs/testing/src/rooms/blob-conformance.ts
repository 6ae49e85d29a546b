import { DEFAULT_STORE_LIMITS, type BlobLimits, type BlobStore, type RoomStore } from '@bytechat/rooms';
import { blobQuotaStories } from './blob-quota-stories.ts';
import { blobStories } from './blob-stories.ts';
import { ManualClock, type Jest, type WorldSettings } from './harness.ts';

/** A world with files in it. */
export interface BlobWorld {
  rooms: RoomStore;
  /** A store over the world's data, as another pod would have it. */
  open(): BlobStore;
  /** What is physically stored of files: chunks of them. */
  countChunks(): Promise<number>;
  close(): Promise<void>;
}

export type BlobWorldSettings = WorldSettings & { blobLimits: BlobLimits };
export type BlobWorldFactory = (settings: BlobWorldSettings) => Promise<BlobWorld>;

/** What a file of stories gets. */
export interface BlobStage {
  jest: Jest;
  setUp(
    settings?: Partial<BlobWorldSettings>,
  ): Promise<{ world: BlobWorld; rooms: RoomStore; blobs: BlobStore; clock: ManualClock }>;
}

const KIB = 1_024;
const BLOB_LIMITS: BlobLimits = {
  maxFileBytes: 5_120 * KIB,
  maxRoomBytes: 320 * KIB,
  maxAddressBytes: 480 * KIB,
};

/** What every BlobStore must do, told as stories. Call it in a spec, with Jest's own globals. */
export function blobStoreConformance(name: string, makeWorld: BlobWorldFactory, jest: Jest): void {
  jest.describe(name, () => {
    const open: BlobWorld[] = [];
    jest.afterEach(async () => {
      await Promise.all(open.splice(0).map((world) => world.close()));
    });
    const stage: BlobStage = {
      jest,
      setUp: async (settings = {}) => {
        const clock = new ManualClock();
        const defaults = { limits: DEFAULT_STORE_LIMITS, blobLimits: BLOB_LIMITS, now: clock.now };
        const world = await makeWorld({ ...defaults, ...settings });
        open.push(world);
        return { world, rooms: world.rooms, blobs: world.open(), clock };
      },
    };
    for (const tell of [blobStories, blobQuotaStories]) tell(stage);
  });
}
