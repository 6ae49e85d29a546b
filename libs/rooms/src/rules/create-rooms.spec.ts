import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { codeOf, ManualClock } from '@bytechat/testing/rooms';
import type { Bytes, RoomOptions, ShareSessionKey } from '@bytechat/protocol';
import { MemoryRoomStore } from '../memory/memory-room-store.ts';
import type { RoomStore } from '../room-store.ts';
import type { Caller, Entry, Rooms, Seat } from '../rooms.ts';
import { DEFAULT_STORE_LIMITS } from '../store-settings.ts';
import { createRooms } from './create-rooms.ts';

const OPTIONS: RoomOptions = { suite: 2, kdf: 1, iter: 600_000, maxima: { ttl_s: 3_600, max: 50 } };

const randomOf = (length: number): Bytes => new Uint8Array(randomBytes(length));
const sha256 = (...parts: Bytes[]): Bytes =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());

/** Somebody with a session key, who makes key packages, frames and proofs as a client does. */
class Client {
  readonly caller: Caller;
  readonly #privateKey: KeyObject;
  readonly sigPub: Bytes;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const point = [Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    this.#privateKey = privateKey;
    this.sigPub = new Uint8Array(Buffer.concat(point));
    this.caller = newCaller();
  }

  keyPackage(rid: Bytes, suite = 2): Bytes {
    const kp = randomOf(573);
    kp.set([1, 0, suite]);
    kp.set(rid, 3);
    kp.set([0, 65], 45);
    kp.set(this.sigPub, 47);
    return kp;
  }

  prove(challenge: Bytes, rid: Bytes, mid: Bytes): Bytes {
    const signed = Buffer.concat([Buffer.from('BC1 resume\0'), challenge, rid, mid]);
    const key = this.#privateKey;
    return new Uint8Array(sign('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }));
  }
}

const newCaller = (): Caller => ({
  connection: randomBytes(8).toString('hex'),
  address: { current: `aa.${randomBytes(4).toString('hex')}`, previous: undefined },
  challenge: randomOf(32),
});

function envelope(epoch: number, type = 0x20, suite = 2): Bytes {
  const env = randomOf(298);
  env.set([1, 0, suite, type, 0, 0, 0, epoch]);
  return env;
}

function commitFrame(epoch: number, suite = 2): Bytes {
  const frame = randomOf(100);
  frame.set([1, 0, suite, 0x10, 0, 0, 0, epoch]);
  return frame;
}

type Commit = Extract<ShareSessionKey, { kind: 'commit' }>;

function commitOf(epoch: number, change: Partial<Commit> = {}): Commit {
  const frame = commitFrame(epoch);
  const adds = change.adds ?? [];
  return {
    ...{ kind: 'commit', expectEpoch: epoch, commitId: sha256(frame), frame, rekey: true, adds, removes: [] },
    groupInfoParts: adds.length > 0 ? 1 : 0,
    ...change,
  };
}

const newRotation = (): NonNullable<Commit['rotate']> => ({ rid: randomOf(16), gate: randomOf(32) });

class World {
  readonly clock = new ManualClock();
  readonly store: RoomStore = new MemoryRoomStore({ limits: DEFAULT_STORE_LIMITS, now: this.clock.now });
  readonly rooms: Rooms;
  readonly rid = randomOf(16);
  readonly gate = randomOf(32);

  constructor() {
    this.rooms = createRooms(this.store, { pepper: randomOf(32), limits: DEFAULT_STORE_LIMITS });
  }

  create(client: Client): Promise<Entry> {
    const { rid, gate } = this;
    return this.rooms.create(client.caller, { v: 1, op: 'create', rid, gate, options: OPTIONS });
  }

  join(client: Client, kp = client.keyPackage(this.rid), gate = this.gate): Promise<Entry> {
    return this.rooms.join(client.caller, { v: 1, op: 'join', rid: this.rid, gate, kp });
  }

  async found(client: Client, { seat, joined }: Entry): Promise<Seat> {
    const kp = client.keyPackage(this.rid);
    const expectGeneration = joined.head.generation;
    const request = { kind: 'found', expectGeneration, gid: randomOf(32), kp, params: randomOf(16) } as const;
    return (await this.rooms.found(seat, request)).seat;
  }

  async start(client = new Client()): Promise<Seat> {
    return this.found(client, await this.create(client));
  }

  /** A newcomer's way in: key package, welcome, commit. */
  async admit(admitter: Seat, client: Client, epoch: number, idx: number): Promise<Seat> {
    const kp = client.keyPackage(this.rid);
    await this.join(client, kp);
    const kph = sha256(kp.slice(0, -32));
    const commit = commitOf(epoch, { adds: [{ kph, idx }], rekey: false });
    const welcome = { kph, idx, wrap: randomOf(304), tag: randomOf(16) };
    const groupInfo = { part: 0, bytes: randomOf(99) };
    const parts = { commitId: commit.commitId, wraps: [], welcomes: [welcome], groupInfo };
    await this.rooms.stage(admitter, { kind: 'stage', ...parts });
    const { news } = await this.rooms.commit(admitter, commit);
    return news!.welcomes[0]!.seat;
  }

  resume({ mid }: Seat, caller: Caller, sig: Bytes): Promise<Entry> {
    const from = { generation: 1, seq: 0 };
    return this.rooms.resume(caller, { v: 1, op: 'resume', rid: this.rid, mid: mid!, from, sig });
  }
}

describe('the rules of a room', () => {
  it('refuse a pepper that could be guessed', () => {
    const store = new MemoryRoomStore({ limits: DEFAULT_STORE_LIMITS });
    expect(() => createRooms(store, { pepper: randomOf(31), limits: DEFAULT_STORE_LIMITS })).toThrow(
      RangeError,
    );
  });

  it('make a room whose maker founds it', async () => {
    const world = new World();
    const client = new Client();
    const entry = await world.create(client);
    expect(entry).toMatchObject({
      seat: { standing: 'founder', generation: 0 },
      joined: { state: 'created', rid0: world.rid, head: { generation: 0, seq: 0, epoch: 0 }, members: [] },
    });
    const seat = await world.found(client, entry);
    const mid = sha256(new Uint8Array(Buffer.from('BC1 mid\0')), world.rid, client.sigPub).slice(0, 16);
    expect(seat).toEqual({
      ...{ rid: world.rid, connection: client.caller.connection },
      ...{ standing: 'member', generation: 1, mid, idx: 0 },
    });
  });

  it('never show the store the gate itself', async () => {
    const world = new World();
    await world.start();
    const stored = await world.store
      .join({
        ...{ rid: world.rid, gateVerifier: world.gate, address: newCaller().address, connection: 'c' },
        newcomer: { kp: randomOf(573), kph: randomOf(32), mid: randomOf(16), sigPub: randomOf(65) },
      })
      .catch((error: unknown) => error);
    expect(stored).toMatchObject({ code: 'ERR_GATE' });
  });

  it('tell up to three present members of a newcomer, with its key package', async () => {
    const world = new World();
    const seats = [await world.start()];
    for (let idx = 1; idx < 5; idx += 1) {
      seats.push(await world.admit(seats[0]!, new Client(), idx - 1, idx));
      world.clock.advance(1_000);
    }
    const newcomer = new Client();
    const kp = newcomer.keyPackage(world.rid);
    const entry = await world.join(newcomer, kp);
    expect(entry).toMatchObject({ seat: { standing: 'newcomer' }, joined: { state: 'pending' }, kp });
    expect(entry.admitters).toHaveLength(3);
    expect(seats.map(({ connection }) => connection)).toEqual(expect.arrayContaining(entry.admitters));
    world.clock.advance(20_000);
    const { rid, connection, mid } = seats[4]!;
    await world.store.heartbeat(rid, [{ mid: mid!, connection, acted: false }]);
    expect((await world.join(new Client())).admitters).toEqual([connection]);
  });

  it('refuse key packages of another room or suite, and what is none', async () => {
    const world = new World();
    await world.start();
    const client = new Client();
    for (const kp of [
      client.keyPackage(randomOf(16)),
      client.keyPackage(world.rid, 1),
      new Uint8Array(573),
    ]) {
      expect(await codeOf(world.join(client, kp))).toBe('ERR_FORMAT');
    }
    expect(await world.store.pending(world.rid)).toEqual([]);
  });

  it('refuse a wrong gate, and joining a room that never was', async () => {
    const world = new World();
    expect(await codeOf(world.join(new Client()))).toBe('ERR_ROOM_NOT_FOUND');
    await world.start();
    const client = new Client();
    expect(await codeOf(world.join(client, client.keyPackage(world.rid), randomOf(32)))).toBe('ERR_GATE');
  });

  it('let a member come back by its signature, once a challenge', async () => {
    const world = new World();
    const client = new Client();
    const seat = await world.start(client);
    await world.join(new Client());
    const caller = newCaller();
    const sig = client.prove(caller.challenge, world.rid, seat.mid!);
    const entry = await world.resume(seat, caller, sig);
    expect(entry).toMatchObject({
      seat: { standing: 'member', idx: 0, generation: 1, connection: caller.connection },
      joined: { state: 'active', members: [{ idx: 0, present: true }] },
      replaced: seat.connection,
    });
    expect(entry.waiting).toHaveLength(1);
    expect(await codeOf(world.resume(seat, caller, sig))).toBe('ERR_NOT_MEMBER');
    const stolen = newCaller();
    expect(await codeOf(world.resume(seat, stolen, sig))).toBe('ERR_NOT_MEMBER');
  });

  it('let the same proof be repeated when the store was out of reach', async () => {
    const world = new World();
    const client = new Client();
    const seat = await world.start(client);
    const caller = newCaller();
    const sig = client.prove(caller.challenge, world.rid, seat.mid!);
    const { resume } = world.store;
    world.store.resume = () => Promise.reject(new Error('out of reach'));
    await expect(world.resume(seat, caller, sig)).rejects.toThrow('out of reach');
    world.store.resume = resume;
    expect((await world.resume(seat, caller, sig)).seat.idx).toBe(0);
  });

  it('sequence a message and hint it once', async () => {
    const world = new World();
    const seat = await world.start();
    const request = { cid: randomOf(16), generation: 1, env: envelope(0) };
    const at = world.clock.now();
    const { answer, hint } = await world.rooms.send(seat, request);
    expect(answer).toEqual({ generation: 1, seq: 1, at });
    expect(hint).toEqual({ generation: 1, seq: 1, at, env: request.env });
    expect(await world.rooms.send(seat, request)).toEqual({ answer, hint: undefined });
    expect(await world.rooms.sync(seat, { generation: 1, seq: 0 })).toMatchObject({
      recovered: true,
      items: [{ kind: 'message', seq: 1 }],
    });
  });

  it('move a seat into the next generation when the store has kept its position, and only then', async () => {
    const world = new World();
    const seat = await world.start();
    const head = { generation: 2, seq: 0, epoch: 0 };
    world.store.read = () => Promise.resolve({ recovered: false, head });
    await world.rooms.sync(seat, { generation: 1, seq: 9 });
    expect(seat.generation).toBe(1);
    const base = { generation: 1, seq: 0 };
    world.store.read = () => Promise.resolve({ recovered: true, head, items: [], more: false, base });
    expect(await world.rooms.sync(seat, base)).toMatchObject({ base });
    expect(seat.generation).toBe(2);
    const committed: number[] = [];
    world.store.commitEpoch = ({ generation }) => {
      committed.push(generation);
      return Promise.reject(new Error('enough'));
    };
    await expect(world.rooms.commit(seat, commitOf(0))).rejects.toThrow('enough');
    expect(committed).toEqual([2]);
  });

  it('keep only the hash of an ephemeral item, but hint its bytes', async () => {
    const world = new World();
    const seat = await world.start();
    const env = envelope(0, 0x21);
    const { hint } = await world.rooms.send(seat, { cid: randomOf(16), generation: 1, env });
    expect(hint?.env).toEqual(env);
    const page = await world.rooms.sync(seat, { generation: 1, seq: 0 });
    expect(page).toMatchObject({ items: [{ kind: 'hash', seq: 1, hash: sha256(env) }] });
  });

  it('refuse envelopes of another version, suite, type or epoch', async () => {
    const world = new World();
    const seat = await world.start();
    const send = (env: Bytes): Promise<string> =>
      codeOf(world.rooms.send(seat, { cid: randomOf(16), generation: 1, env }));
    expect(await send(envelope(0, 0x30))).toBe('ERR_FORMAT');
    expect(await send(envelope(0, 0x20, 1))).toBe('ERR_FORMAT');
    expect(await send(envelope(1))).toBe('ERR_EPOCH_STALE');
  });

  it('tell members, newcomers and those removed their news of a commit, once', async () => {
    const world = new World();
    const founder = await world.start();
    const gone = await world.admit(founder, new Client(), 0, 1);
    const left = { kind: 'left', idx: 1, mid: gone.mid };
    expect(await world.rooms.leave(gone)).toEqual({ left, turnedAway: [] });
    const client = new Client();
    const kp = client.keyPackage(world.rid);
    await world.join(client, kp);
    const kph = sha256(kp.slice(0, -32));
    const commit = commitOf(1, { adds: [{ kph, idx: 2 }], removes: [{ idx: 1, reason: 'left' }] });
    const [wrap, tag, bytes] = [randomOf(304), randomOf(16), randomOf(99)];
    const { commitId, frame } = commit;
    const parts = {
      commitId,
      wraps: [],
      welcomes: [{ kph, idx: 2, wrap, tag }],
      groupInfo: { part: 0, bytes },
    };
    await world.rooms.stage(founder, { kind: 'stage', ...parts });
    const { answer, news } = await world.rooms.commit(founder, commit);
    const position = { generation: 1, seq: 2, epoch: 2 };
    expect(answer).toEqual(position);
    expect(news?.hint).toEqual({ kind: 'commit', ...position, frame });
    expect(news?.removed).toEqual([{ kind: 'removed', idx: 1, mid: gone.mid, reason: 'left' }]);
    expect(news?.welcomes).toMatchObject([
      {
        connection: client.caller.connection,
        seat: { standing: 'member', idx: 2, generation: 1 },
        welcome: { kind: 'welcome', ...position, idx: 2, kph, commitId, frame, wrap, tag, groupInfoParts: 1 },
      },
    ]);
    expect(news?.joined).toEqual([{ kind: 'joined', idx: 2, mid: news?.welcomes[0]?.seat.mid }]);
    expect(await world.rooms.groupInfo(news!.welcomes[0]!.seat, commitId, 0)).toEqual(bytes);
    expect(await world.rooms.commit(founder, commit)).toEqual({ answer, news: undefined });
  });

  it.each<[string, Partial<Commit>]>([
    ['whose id isn’t its hash', { commitId: randomOf(32) }],
    ['whose frame names another epoch', { expectEpoch: 3 }],
    ['whose frame is none', { frame: randomOf(100) }],
    ['that removes without a rekey', { rekey: false, removes: [{ idx: 1, reason: 'left' }] }],
    ['that does nothing', { rekey: false }],
    ['that adds without group info', { adds: [{ kph: randomOf(32), idx: 1 }], groupInfoParts: 0 }],
    ['that has group info for nobody', { groupInfoParts: 2 }],
    ['that kicks and leaves the invite as it is', { removes: [{ idx: 1, reason: 'kick' }] }],
    ['that rotates the invite without a rekey', { rekey: false, rotate: newRotation() }],
    [
      'that rotates the invite and lets somebody in',
      { rotate: newRotation(), adds: [{ kph: randomOf(32), idx: 1 }], groupInfoParts: 1 },
    ],
  ])('refuse a commit %s', async (_, change) => {
    const world = new World();
    const seat = await world.start();
    expect(await codeOf(world.rooms.commit(seat, commitOf(0, change)))).toBe('ERR_FORMAT');
  });

  it('tell of a kick, and know the room by the new rid and gate from then on', async () => {
    const world = new World();
    const founder = await world.start();
    const victim = await world.admit(founder, new Client(), 0, 1);
    const waiting = new Client();
    await world.join(waiting);
    const rotate = newRotation();
    const { news } = await world.rooms.commit(
      founder,
      commitOf(1, { removes: [{ idx: 1, reason: 'kick' }], rotate }),
    );
    expect(news?.removed).toEqual([{ kind: 'removed', idx: 1, mid: victim.mid, reason: 'kick' }]);
    expect(news?.turnedAway).toEqual([waiting.caller.connection]);
    expect(await codeOf(world.join(new Client()))).toBe('ERR_ROOM_NOT_FOUND');
    const { rid, gate } = rotate;
    const join = (client: Client, named = rid): Promise<Entry> =>
      world.rooms.join(client.caller, { v: 1, op: 'join', rid, gate, kp: client.keyPackage(named) });
    expect(await codeOf(join(new Client(), world.rid))).toBe('ERR_FORMAT');
    const { seat, joined } = await join(new Client());
    expect(seat).toMatchObject({ rid: world.rid, standing: 'newcomer' });
    expect(joined).toMatchObject({ state: 'pending', rid0: world.rid });
    expect(await world.rooms.info(rid)).toMatchObject({ exists: true, members: 1 });
    expect(await world.rooms.info(world.rid)).toEqual({
      ...(await world.rooms.info(randomOf(16))),
    });
  });

  it('let a member come back by the old rid or the new one, its signature over the one it names', async () => {
    const world = new World();
    const client = new Client();
    const seat = await world.start(client);
    const rotate = newRotation();
    await world.rooms.commit(seat, commitOf(0, { rotate }));
    for (const rid of [world.rid, rotate.rid]) {
      const caller = newCaller();
      const sig = client.prove(caller.challenge, rid, seat.mid!);
      const from = { generation: 1, seq: 0 };
      const entry = await world.rooms.resume(caller, { v: 1, op: 'resume', rid, mid: seat.mid!, from, sig });
      expect(entry.seat).toMatchObject({ rid: world.rid, standing: 'member', idx: 0 });
    }
  });

  it('found a room again by the key package of its newest invite', async () => {
    const world = new World();
    const client = new Client();
    const seat = await world.start(client);
    const { rid, gate } = newRotation();
    await world.rooms.commit(seat, commitOf(0, { rotate: { rid, gate } }));
    await world.rooms.leave(seat);
    const next = new Client();
    const kp = next.keyPackage(rid);
    const { seat: founder } = await world.rooms.join(next.caller, { v: 1, op: 'join', rid, gate, kp });
    const request = { kind: 'found', expectGeneration: 1, gid: randomOf(32), params: randomOf(16) } as const;
    expect(await codeOf(world.rooms.found(founder, { ...request, kp: next.keyPackage(world.rid) }))).toBe(
      'ERR_FORMAT',
    );
    expect((await world.rooms.found(founder, { ...request, kp })).answer).toMatchObject({ generation: 2 });
  });

  it('keep key updates by what their header says, and let complaints through', async () => {
    const world = new World();
    const seat = await world.start();
    const { gid } = (await world.store.state(world.rid))!;
    const update = (change: (bytes: Bytes) => void): Bytes => {
      const bytes = randomOf(468);
      bytes.set([1, 0, 2]);
      bytes.set(gid!, 3);
      bytes.set([0, 0, 0, 1], 35);
      change(bytes);
      return bytes;
    };
    for (const spoil of [
      (bytes: Bytes) => bytes.set([2]),
      (bytes: Bytes) => bytes.set([0, 1], 1),
      (bytes: Bytes) => bytes.set([0, 1], 35),
      (bytes: Bytes) => bytes.set(randomOf(32), 3),
    ]) {
      expect(await codeOf(world.rooms.keepKeyUpdate(seat, update(spoil)))).toBe('ERR_FORMAT');
    }
    const bytes = update(() => undefined);
    await world.rooms.keepKeyUpdate(seat, bytes);
    expect(await world.rooms.keyUpdates(seat, 0)).toEqual({ updates: [{ idx: 0, bytes }], more: false });
    await world.rooms.complain(seat);
  });

  it('let a member begin the room anew, and nobody who merely waits', async () => {
    const world = new World();
    const client = new Client();
    const seat = await world.start(client);
    const newcomer = new Client();
    const waiting = await world.join(newcomer);
    const again = (of: Client): Parameters<Rooms['found']>[1] => ({
      ...{ kind: 'found', expectGeneration: 1, gid: randomOf(32), params: randomOf(16) },
      kp: of.keyPackage(world.rid),
    });
    expect(await codeOf(world.rooms.found(waiting.seat, again(newcomer)))).toBe('ERR_NOT_MEMBER');
    const request = again(client);
    const outcome = await world.rooms.found(seat, request);
    expect(outcome).toMatchObject({
      seat: { generation: 2, idx: 0, standing: 'member' },
      answer: { generation: 2, seq: 0, epoch: 0, idx: 0 },
      news: { generation: 2, turnedAway: [newcomer.caller.connection] },
    });
    expect((await world.rooms.found(outcome.seat, request)).news).toBeUndefined();
  });

  it('let nobody but members act', async () => {
    const world = new World();
    await world.start();
    const { seat } = await world.join(new Client());
    const parts = { commitId: randomOf(32), wraps: [], welcomes: [] };
    const acts = [
      world.rooms.send(seat, { cid: randomOf(16), generation: 1, env: envelope(0) }),
      world.rooms.sync(seat, { generation: 1, seq: 0 }),
      world.rooms.stage(seat, { kind: 'stage', ...parts }),
      world.rooms.commit(seat, commitOf(0)),
      world.rooms.groupInfo(seat, randomOf(32), 0),
      world.rooms.keepKeyUpdate(seat, new Uint8Array(468)),
      world.rooms.keyUpdates(seat, 0),
      world.rooms.complain(seat),
    ];
    for (const act of acts) expect(await codeOf(act)).toBe('ERR_NOT_MEMBER');
  });

  it('take a newcomer who leaves off the waiting list', async () => {
    const world = new World();
    await world.start();
    const { seat } = await world.join(new Client());
    expect(await world.rooms.leave(seat)).toBeUndefined();
    expect(await world.store.pending(world.rid)).toEqual([]);
  });

  it('renew presence for members only', async () => {
    const world = new World();
    const seat = await world.start();
    const newcomer = await world.join(new Client());
    world.clock.advance(19_000);
    const seats = [seat, newcomer.seat].map((each) => ({ seat: each, acted: false }));
    expect(await world.rooms.heartbeat(world.rid, seats)).toMatchObject([{ idx: 0, state: 'present' }]);
    world.clock.advance(19_000);
    expect(await world.store.members(world.rid)).toMatchObject([{ state: 'present' }]);
  });

  it('describe a room before one joins, and an unknown room in the same shape', async () => {
    const world = new World();
    await world.start();
    const info = await world.rooms.info(world.rid);
    expect(info).toEqual({
      ...{ exists: true, members: 1, capacity: 50, password: true, expiresInMs: 0 },
      ...{ suite: 2, kdf: 1, iter: 600_000, ttl_s: 3_600 },
    });
    const unknown = await world.rooms.info(randomOf(16));
    expect(Object.keys(unknown)).toEqual(Object.keys(info));
    expect(unknown).toMatchObject({ exists: false, members: 0 });
  });

  it('give one address the same keys on every pod', async () => {
    const world = new World();
    const first = await world.rooms.addressKeys('203.0.113.7');
    expect(await world.rooms.addressKeys('::ffff:203.0.113.7')).toEqual(first);
    world.clock.advance(24 * 3_600_000);
    expect((await world.rooms.addressKeys('203.0.113.7')).previous).toBe(first.current);
  });
});
