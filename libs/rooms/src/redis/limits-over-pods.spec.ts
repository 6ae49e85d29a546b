import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { newAddress, newInvite, newPerson, Scene } from '@bytechat/testing/rooms';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { RoomError } from '../room-error.ts';
import type { RoomStore } from '../room-store.ts';
import { DEFAULT_STORE_LIMITS } from '../store-settings.ts';
import { RedisRoomStore } from './redis-room-store.ts';

/** Three pods over one Redis, which are asked for everything at once: none admits what the others have (RELIABILITY R12). */

const PODS = 3;
const limits = { ...DEFAULT_STORE_LIMITS, maxRoomsPerAddress: 7, messageIntervalMs: 3_600_000 };

let server: RedisProcess;
let clients: Redis[];
let pods: RoomStore[];

beforeAll(async () => {
  server = await startRedis();
  clients = Array.from({ length: PODS }, () => new Redis(server.url));
  pods = clients.map((client) => new RedisRoomStore({ client, limits }));
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.quit()));
  await server.stop();
});

const outcomeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'accepted',
    (error: unknown) => (error instanceof RoomError ? error.code : String(error)),
  );

/** How each of so many tries ended, over the pods in turn. */
async function outcomes(
  count: number,
  attempt: (pod: RoomStore, i: number) => Promise<unknown>,
): Promise<Record<string, number>> {
  const tries = Array.from({ length: count }, (_, i) => outcomeOf(attempt(pods[i % PODS]!, i)));
  const tally: Record<string, number> = {};
  for (const outcome of await Promise.all(tries)) tally[outcome] = (tally[outcome] ?? 0) + 1;
  return tally;
}

describe('three pods together never admit more than one would', () => {
  test('tokens of an address, in 20,000 tries at once', async () => {
    const bucket = { kind: 'join', address: newAddress(), burst: 11, perMinute: 1 } as const;
    expect(await outcomes(20_000, (pod) => pod.spend(bucket))).toEqual({ accepted: 11, ERR_RATE: 19_989 });
  }, 60_000);

  test('messages of a member', async () => {
    const scene = new Scene();
    const founder = await scene.open(pods[0]!);
    const tally = await outcomes(300, (pod) => pod.append(scene.message(founder)));
    expect(tally).toEqual({ accepted: limits.messageBurst, ERR_RATE: 300 - limits.messageBurst });
  });

  test('rooms and connections of an address', async () => {
    const address = newAddress();
    const rooms = await outcomes(300, (pod, i) => pod.create(new Scene().creation(String(i), address)));
    expect(rooms).toEqual({ accepted: 7, ERR_RATE: 293 });
    const sockets = await outcomes(300, (pod, i) => pod.holdConnection(address, String(i), 9));
    expect(sockets).toEqual({ accepted: 9, ERR_RATE: 291 });
  });

  test('guesses at a gate, of one address and of a hundred', async () => {
    const scene = new Scene();
    const owner = await scene.open(pods[0]!);
    const [one, many] = [newAddress(), Array.from({ length: 100 }, newAddress)];
    const guess = (pod: RoomStore, from: typeof one): Promise<unknown> =>
      scene.knock(pod, newPerson(), newInvite().gateVerifier, from);
    expect(await outcomes(500, (pod) => guess(pod, one))).toEqual({ ERR_GATE: 10, ERR_LOCKED: 490 });
    const tally = await outcomes(1_000, (pod, i) => guess(pod, many[i % many.length]!));
    // A hundred wrong gates in all, the ten before among them.
    expect(tally).toEqual({ ERR_GATE: 90, ERR_LOCKED: 910 });
    const back = { rid: scene.rid, mid: owner.mid, connection: 'another one' };
    expect(await pods[2]!.resume(back)).toMatchObject({ idx: 0 });
  });
});
