import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { memoryWorld, redisWorlds, storesAgree } from '@bytechat/testing/rooms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';

/** What a run must have come across to prove anything. */
const OUTCOMES = [
  'commit accepted, added',
  'commit accepted, removed',
  'commit ERR_ROOM_EXISTS',
  'commit ERR_RATE',
  'commit ERR_EPOCH_STALE',
  'commit ERR_FORMAT',
  'commit ERR_WRAPS_INCOMPLETE',
  'complain accepted',
  'found accepted',
  'found ERR_GENERATION',
  'join accepted',
  'join ERR_GATE',
  'join ERR_ROOM_NOT_FOUND',
  'keyUpdate accepted',
  'keyUpdate ERR_DUPLICATE',
  'keyUpdate ERR_FORMAT',
  'leave accepted',
  'read recovered',
  'recommit accepted',
  'read recovered, carried',
  'reinit accepted',
  'resume accepted',
  'resume ERR_ROOM_NOT_FOUND',
  'send accepted',
  'send ERR_DUPLICATE',
  'send ERR_EPOCH_STALE',
  'send ERR_RATE',
];

let server: RedisProcess;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(async () => {
  await server.stop();
});

describe('the store in memory and the store in Redis', () => {
  it('give the same answers to the same acts at the same times, each sent twice', async () => {
    const redisWorld = redisWorlds(() => new Redis(server.url));
    const tally = await storesAgree(memoryWorld, redisWorld, { numRuns: 60 });
    expect(OUTCOMES.filter((outcome) => !tally.has(outcome))).toEqual([]);
  }, 120_000);
});
