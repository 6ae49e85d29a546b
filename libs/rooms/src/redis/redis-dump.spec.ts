import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bytes } from '@bytechat/protocol';
import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { codeOf } from '@bytechat/testing/rooms';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import type { Caller, Rooms } from '../rooms.ts';
import { createRooms } from '../rules/create-rooms.ts';
import { DEFAULT_STORE_LIMITS } from '../store-settings.ts';
import { RedisRoomStore } from './redis-room-store.ts';

/** What somebody finds who carries Redis away: its keys and values, and its log of writes with all that ever was. */

const limits = DEFAULT_STORE_LIMITS;
const randomOf = (length: number): Bytes => new Uint8Array(randomBytes(length));

const IPV4 = '203.0.113.77';
const IPV6 = '2001:db8:77:88:99:aa:bb:cc';
const pepper = randomOf(32);

let directory: string;
let server: RedisProcess;
let clients: Redis[];
let pods: { rooms: Rooms; store: RedisRoomStore }[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bytechat-redis-'));
  server = await startRedis({ directory, appendOnly: true });
  clients = [new Redis(server.url), new Redis(server.url)];
  pods = clients.map((client) => {
    const store = new RedisRoomStore({ client, limits });
    return { store, rooms: createRooms(store, { pepper, limits }) };
  });
});

afterEach(async () => {
  for (const client of clients) client.disconnect();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function callerFrom({ rooms }: (typeof pods)[number], address: string): Promise<Caller> {
  return {
    connection: randomBytes(8).toString('hex'),
    address: await rooms.addressKeys(address),
    challenge: randomOf(32),
  };
}

const options = { suite: 2, kdf: 1, iter: 600_000, maxima: { ttl_s: 3_600, max: 50 } } as const;

function keyPackage(rid: Bytes): Bytes {
  const kp = randomOf(573);
  kp.set([1, 0, 2]);
  kp.set(rid, 3);
  kp.set([0, 65, 4], 45);
  return kp;
}

/** Makes a room from one address, guesses its gate from others, and counts what addresses hold and spend. */
async function live(rid: Bytes, gate: Bytes): Promise<void> {
  const [one, two] = [pods[0]!, pods[1]!];
  const maker = await callerFrom(one, IPV4);
  const { seat, joined } = await one.rooms.create(maker, { v: 1, op: 'create', rid, gate, options });
  const kp = keyPackage(rid);
  await one.rooms.found(seat, {
    ...{
      kind: 'found',
      expectGeneration: joined.head.generation,
      gid: randomOf(32),
      kp,
      params: randomOf(16),
    },
  });
  for (const address of [IPV4, IPV6]) {
    const caller = await callerFrom(two, address);
    const join = { v: 1, op: 'join', rid, kp: keyPackage(rid) } as const;
    expect(await codeOf(two.rooms.join(caller, { ...join, gate: randomOf(32) }))).toBe('ERR_GATE');
    await two.rooms.join(caller, { ...join, gate });
    await two.store.holdConnection(caller.address, caller.connection, 5);
    await two.store.spend({ kind: 'handshake', address: caller.address, burst: 5, perMinute: 60 });
    await two.store.spend({ kind: 'join', address: caller.address, burst: 5, perMinute: 60 });
    await two.store.spend({ kind: 'info', address: caller.address, burst: 5, perMinute: 60 });
  }
}

/** The log of writes, whole; and every key and value that is there now. */
async function dump(): Promise<Buffer> {
  const client = clients[0]!;
  const parts: Buffer[] = [];
  for (const key of await client.keysBuffer('*')) parts.push(key, await client.dumpBuffer(key));
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile()))
    parts.push(await readFile(join(file.parentPath, file.name)));
  return Buffer.concat(parts);
}

/** Bytes as they are, and in the usual spellings. */
const spellings = (bytes: Uint8Array): Buffer[] => {
  const buffer = Buffer.from(bytes);
  return [
    buffer,
    ...(['hex', 'base64url', 'base64'] as const).map((name) =>
      Buffer.from(buffer.toString(name).replace(/=+$/, '')),
    ),
  ];
};

const digests = (text: string | Uint8Array): Buffer[] =>
  ['md5', 'sha1', 'sha256'].flatMap((name) => spellings(createHash(name).update(text).digest()));

test('claim 22: a dump of Redis, with all it ever wrote, holds no address and nothing to try addresses on', async () => {
  await live(randomOf(16), randomOf(32));
  const stolen = await dump();
  const { current, previous } = await pods[0]!.store.addressSalts();
  expect(previous).toBeUndefined();
  expect(stolen.includes(Buffer.from(current))).toBe(true);

  const ipv4Bytes = Uint8Array.from(IPV4.split('.').map(Number));
  const networkBytes = Buffer.from('20010db800770088', 'hex');
  const texts = [IPV4, IPV6, `::ffff:${IPV4}`, '2001:db8:77:88', '2001:db8:77:88::/64'];
  const needles = [
    ...texts.flatMap((text) => [...spellings(Buffer.from(text)), ...digests(text)]),
    ...digests(ipv4Bytes),
    ...digests(networkBytes),
    ...spellings(networkBytes),
    // Four bytes alone would be found by chance.
    ...spellings(ipv4Bytes).slice(1, 2),
  ];
  expect(needles.filter((needle) => stolen.includes(needle)).map(String)).toEqual([]);

  // The thief has the salt and may try every address there is; without the pepper nothing matches.
  const macOf = (secret: Uint8Array, network: string): Buffer =>
    createHmac('sha256', secret).update(current).update(network).digest().subarray(0, 16);
  const isThere = (mac: Buffer): boolean =>
    stolen.includes(mac.toString('base64url')) || stolen.includes(mac);
  for (const network of [IPV4, '2001:db8:77:88::/64']) {
    const guesses = [Buffer.of(), Buffer.alloc(32), Buffer.from(current), Buffer.from('bytechat')];
    expect(guesses.some((guess) => isThere(macOf(guess, network)))).toBe(false);
    expect(isThere(macOf(pepper, network))).toBe(true);
  }
}, 30_000);

test('claim 23: with the dump, the link and the password, but without the pepper, no guess can be checked', async () => {
  const [rid, gate] = [randomOf(16), randomOf(32)];
  await live(rid, gate);
  const stolen = await dump();
  expect(stolen.includes(Buffer.from(gate))).toBe(false);
  expect(spellings(gate).some((spelling) => stolen.includes(spelling))).toBe(false);

  const { current } = await pods[0]!.store.addressSalts();
  const inputs = [Buffer.concat([rid, gate]), Buffer.concat([gate, rid]), Buffer.from(gate)];
  const secrets = [Buffer.of(), Buffer.alloc(32), Buffer.from(current), Buffer.from(rid), Buffer.from(gate)];
  const verifierOf = (secret: Uint8Array, input: Uint8Array): Buffer =>
    createHmac('sha256', secret).update(input).digest();
  const guesses = [
    ...inputs.flatMap((input) => digests(input)),
    ...secrets.flatMap((secret) => inputs.flatMap((input) => spellings(verifierOf(secret, input)))),
  ];
  expect(guesses.filter((guess) => stolen.includes(guess))).toEqual([]);
  // The same sum with the pepper is what is there: the dump was looked through in the right way.
  expect(stolen.includes(verifierOf(pepper, inputs[0]!))).toBe(true);
}, 30_000);

test('claim 23: an address has ten guesses at a password, over all pods together', async () => {
  const [rid, gate] = [randomOf(16), randomOf(32)];
  const maker = await callerFrom(pods[0]!, '198.51.100.1');
  const { seat, joined } = await pods[0]!.rooms.create(maker, { v: 1, op: 'create', rid, gate, options });
  const kp = keyPackage(rid);
  const { generation } = joined.head;
  const group = {
    kind: 'found',
    expectGeneration: generation,
    gid: randomOf(32),
    params: randomOf(16),
  } as const;
  await pods[0]!.rooms.found(seat, { ...group, kp });
  const guess = async (attempt: number, address: string, tried: Bytes): Promise<string> => {
    const pod = pods[attempt % 2]!;
    const caller = await callerFrom(pod, address);
    return codeOf(pod.rooms.join(caller, { v: 1, op: 'join', rid, gate: tried, kp: keyPackage(rid) }));
  };
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(await guess(attempt, IPV6, randomOf(32))).toBe('ERR_GATE');
  }
  // The whole network of the address, on either pod, and with the right password too.
  expect(await guess(0, '2001:db8:77:88::1', randomOf(32))).toBe('ERR_LOCKED');
  expect(await guess(1, IPV6, gate)).toBe('ERR_LOCKED');
  expect(await guess(1, IPV4, randomOf(32))).toBe('ERR_GATE');
});
