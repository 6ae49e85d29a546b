import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Bytes } from '@bytechat/protocol';
import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import type { Gateway } from '../../gateway.ts';
import { Harness } from '../../testing/harness.ts';
import { newRoom, random, type TestRoom } from '../../testing/person.ts';
import { accepted, found, letIn, message, sendRequest } from '../../testing/story.ts';
import type { Answer, TestClient } from '../../testing/test-client.ts';

/** Files over three gateways that share nothing but Redis. */

const CHUNK = 32 * 1024 + 16;
const MIB = 1024 * 1024;

let redis: RedisProcess;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const secretKey = random(32);
const harness = new Harness();
let pods: Gateway[];
let room: TestRoom;
let anna: TestClient;
let ben: TestClient;

beforeEach(async () => {
  const limits = { maxAttachmentBytes: MIB, maxAttachmentBytesPerRoom: 3 * CHUNK };
  const redisAt = { kind: 'standalone', url: redis.url } as const;
  const pod = (): Promise<Gateway> => harness.gateway({ redis: redisAt, secretKey, ...limits });
  pods = await Promise.all([pod(), pod(), pod()]);
  room = newRoom();
  anna = await harness.client(pods[0]!);
  ben = await harness.client(pods[1]!);
  await found(anna, room);
  await letIn(anna, ben, room, { epoch: 0, idx: 1 });
});
afterEach(() => harness.end());

const put = (client: TestClient, bytes: Bytes, change: object = {}): Promise<Answer> =>
  client.emit('blob_put', { fileId: random(16), size: bytes.length, i: 0, bytes, ...change });

const codeOf = (answer: Answer): string => (answer.ok ? 'accepted' : answer.error.code);

describe('a file', () => {
  test('goes in on one pod and comes out on another, byte for byte', async () => {
    const [fileId, first, second] = [random(16), random(CHUNK), random(500)];
    const size = CHUNK + 500;
    expect(await put(anna, first, { fileId, size })).toEqual({ ok: true, missing: 1 });
    expect(await put(anna, second, { fileId, size, i: 1 })).toEqual({ ok: true, missing: 2 });
    const parts: Bytes[] = [];
    for (const i of [0, 1]) parts.push(accepted(await ben.emit('blob_get', { fileId, i }))['bytes'] as Bytes);
    expect(Buffer.concat(parts).equals(Buffer.concat([first, second]))).toBe(true);
  });

  test('is for members only: whoever waits at the door neither puts nor gets', async () => {
    const fileId = random(16);
    accepted(await put(anna, random(100), { fileId }));
    const stranger = await harness.client(pods[2]!);
    expect(codeOf(await stranger.emit('blob_get', { fileId, i: 0 }))).toBe('ERR_NOT_MEMBER');
    expect(codeOf(await put(stranger, random(100)))).toBe('ERR_NOT_MEMBER');
    accepted(await ben.emit('leave_room', {}));
    expect(codeOf(await ben.emit('blob_get', { fileId, i: 0 }))).toBe('ERR_NOT_MEMBER');
  });

  test('is not found by members of another room, though they know its name', async () => {
    const fileId = random(16);
    accepted(await put(anna, random(100), { fileId }));
    const neighbour = await harness.client(pods[2]!);
    await found(neighbour, newRoom());
    expect(codeOf(await neighbour.emit('blob_get', { fileId, i: 0 }))).toBe('ERR_BLOB_NOT_FOUND');
  });

  test('larger than the server allows is refused with its first chunk', async () => {
    const largest = MIB + 32 * 16;
    expect(codeOf(await put(anna, random(CHUNK), { size: largest + 1 }))).toBe('ERR_BLOB_TOO_LARGE');
    expect(codeOf(await put(anna, random(CHUNK), { size: largest }))).toBe('ERR_BLOB_FULL');
  });

  test.each([
    ['a chunk that is shorter than it should be', { size: 2 * CHUNK, length: CHUNK - 1 }],
    ['a last chunk that is longer than it should be', { size: 100, length: 101 }],
    ['a chunk behind the last', { size: 100, length: 100, i: 1 }],
    ['a last chunk that would hold nothing', { size: CHUNK + 16, length: CHUNK }],
  ])('is refused with %s', async (_, { length, ...change }) => {
    expect(codeOf(await put(anna, random(length), change))).toBe('ERR_FORMAT');
  });
});

describe('space for files', () => {
  test('of a room is counted over three pods', async () => {
    const cleo = await harness.client(pods[2]!);
    await letIn(anna, cleo, room, { epoch: 1, idx: 2 });
    for (const client of [anna, ben, cleo]) accepted(await put(client, random(CHUNK)));
    for (const client of [anna, ben, cleo])
      expect(codeOf(await put(client, random(CHUNK)))).toBe('ERR_BLOB_FULL');
  });

  test('of a room is never exceeded when three pods are asked at the same time', async () => {
    const cleo = await harness.client(pods[2]!);
    await letIn(anna, cleo, room, { epoch: 1, idx: 2 });
    const clients = [anna, ben, cleo, anna, ben, cleo, anna, ben, cleo];
    const answers = await Promise.all(clients.map((client) => put(client, random(CHUNK))));
    const codes = answers.map(codeOf).sort();
    expect(codes.filter((code) => code === 'accepted')).toHaveLength(3);
    expect(codes.filter((code) => code === 'ERR_BLOB_FULL')).toHaveLength(6);
  });
});

test('whoever has used up the pace of files can write all the same, and is heard', async () => {
  const fileId = random(16);
  accepted(await put(anna, random(100), { fileId }));
  const asked = Array.from({ length: 450 }, () => ben.emit('blob_get', { fileId, i: 0 }));
  const codes = new Set((await Promise.all(asked)).map(codeOf));
  expect([...codes].sort()).toEqual(['ERR_RATE', 'accepted']);
  accepted(await ben.emit('send_message', sendRequest(1)));
  expect((await message(anna)).env).toHaveLength(298);
});
