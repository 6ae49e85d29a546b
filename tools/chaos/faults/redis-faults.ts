import type { Plant } from '../plant/plant.ts';
import type { Fault, Scene } from './fault.ts';

export const redisCrash = (): Fault => ({
  id: 'F7',
  title: 'Redis killed, back after 2 s with its log (AOF)',
  everyMs: 3_000,
  inject: async ({ plant, pause }) => {
    await plant.redis.crash();
    await pause(2_000);
    await plant.redis.restart();
    return 1;
  },
});

export const redisEmptied = (): Fault => ({
  id: 'F8',
  title: 'Redis killed, back after 2 s with nothing',
  everyMs: 12_000,
  endsRooms: true,
  inject: async ({ plant, pause }) => {
    await plant.redis.crash();
    await pause(2_000);
    await plant.redis.restartEmpty();
    return 1;
  },
});

export const redisFlushed = (): Fault => ({
  id: 'F9',
  title: 'FLUSHALL, or one kind of key of every room gone',
  everyMs: 14_000,
  endsRooms: true,
  inject: async ({ plant, random }) => {
    const kind = random.pick(['everything', 'meta', 'log', 'hashes', 'members']);
    if (kind === 'everything') await plant.redis.admin.flushall();
    else await deleteKeys(plant, `bc:{*}:${kind}`);
    return 1;
  },
});

export const redisFrozen = (): Fault => ({
  id: 'F10',
  title: 'Redis frozen for 2 s',
  everyMs: 4_000,
  inject: async ({ plant, pause }) => {
    plant.redis.freeze();
    await pause(2_000);
    plant.redis.thaw();
    return 1;
  },
});

/** It takes no write any more; what is there can still be read. */
export const memoryFull = (): Fault => ({
  id: 'F11',
  title: 'Redis at its memory limit for 3 s',
  everyMs: 4_000,
  inject: async ({ plant: { redis }, pause }) => {
    await redis.admin.config('SET', 'maxmemory', '1mb');
    await pause(3_000);
    await redis.admin.config('SET', 'maxmemory', '0');
    return 1;
  },
});

/** Hints between pods are lost while the subscriber is away. */
export const pubSubCut = (): Fault => ({
  id: 'F12',
  title: 'CLIENT KILL TYPE pubsub every second',
  everyMs: 1_000,
  inject: async ({ plant }) => {
    const killed = await plant.redis.admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    return Number(killed) > 0 ? 1 : 0;
  },
});

/** What a machine does that died between two writes to its disk; RELIABILITY §6 doesn't have it. */
export const redisForgot = (): Fault => ({
  id: 'F31',
  title: 'Redis killed, back without the second before',
  everyMs: 12_000,
  endsRooms: true,
  inject: async ({ plant, pause }) => {
    const copy = await plant.redis.copy();
    await pause(1_000);
    await plant.redis.crash();
    await plant.redis.restartFrom(copy);
    return 1;
  },
});

export const scriptsFlushed = (): Fault => ({
  id: 'F14',
  title: 'SCRIPT FLUSH every 200 ms',
  everyMs: 200,
  inject: async ({ plant }: Scene) => {
    await plant.redis.admin.script('FLUSH');
    return 1;
  },
});

async function deleteKeys({ redis: { admin } }: Plant, pattern: string): Promise<void> {
  for await (const keys of admin.scanStream({ match: pattern, count: 1_000 }))
    if ((keys as string[]).length > 0) await admin.del(keys as string[]);
}
