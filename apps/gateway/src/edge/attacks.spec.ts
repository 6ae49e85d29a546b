import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createRooms, DEFAULT_STORE_LIMITS, MemoryRoomStore, RoomError, type Seat } from '@bytechat/rooms';
import { Harness } from '../testing/harness.ts';
import {
  commitFrame,
  envelope,
  newPerson,
  newRoom,
  OPTIONS,
  random,
  type TestRoom,
} from '../testing/person.ts';
import { accepted, createRequest, found, foundRequest, joinRequest, sendRequest } from '../testing/story.ts';
import { PRESENT } from '../testing/test-client.ts';
import { rawWebSocket } from '../testing/upgrade.ts';

/** Attacks on the server by who is connected to it (RELIABILITY S2, S9, S16). */

const harness = new Harness();
afterEach(() => harness.end());

describe('S2: a member of one room', () => {
  const limits = { ...DEFAULT_STORE_LIMITS, maxRoomsPerAddress: 10 };
  const store = new MemoryRoomStore({ limits });
  const rooms = createRooms(store, { pepper: random(32), limits });
  const address = { current: 'aa.1', previous: undefined };
  const callerNamed = (connection: string): Parameters<typeof rooms.create>[0] => ({
    ...{ connection, address, challenge: random(32) },
  });

  async function settle(
    room: TestRoom,
    connection: string,
  ): Promise<{ seat: Seat; gid: Uint8Array<ArrayBuffer> }> {
    const request = { ...room, v: 1, op: 'create', options: OPTIONS } as const;
    const { seat, joined } = await rooms.create(callerNamed(connection), request);
    const gid = random(32);
    const { kp } = newPerson(room);
    const expectGeneration = joined.head.generation;
    const group = { kind: 'found', expectGeneration, gid, kp, params: random(16) } as const;
    return { seat: (await rooms.found(seat, group)).seat, gid };
  }

  test('gets nothing into another one and nothing out of it, in 10,000 tries with everything it may have seen', async () => {
    const [mine, theirs] = [newRoom(), newRoom()];
    const { seat } = await settle(mine, 'mallory');
    const { seat: victim, gid } = await settle(theirs, 'anna');
    const { frame, commitId } = commitFrame(0);
    await rooms.commit(victim, {
      ...{
        kind: 'commit',
        expectEpoch: 0,
        commitId,
        frame,
        rekey: true,
        adds: [],
        removes: [],
        groupInfoParts: 0,
      },
    });
    const { generation } = victim;
    const env = envelope(1);
    await rooms.send(victim, { cid: random(16), generation, env });
    const before = await store.head(theirs.rid);
    const key = newPerson(mine);
    const ownHead = await store.head(mine.rid);
    const attempts: (() => Promise<unknown>)[] = [
      () => rooms.groupInfo(seat, commitId, randomInt(4)),
      () => rooms.send({ ...seat, mid: victim.mid }, { cid: random(16), generation, env }),
      () => rooms.send({ ...seat, rid: theirs.rid }, { cid: random(16), generation, env: envelope(1) }),
      () => rooms.sync({ ...seat, rid: theirs.rid }, { generation, seq: 0 }),
      () => rooms.keyUpdates({ ...seat, rid: theirs.rid }, 0),
      () => rooms.complain({ ...seat, rid: theirs.rid }),
      () =>
        rooms.resume(callerNamed('mallory'), {
          ...{ v: 1, op: 'resume', rid: theirs.rid, mid: victim.mid!, from: { generation, seq: 0 } },
          sig: random(64),
        }),
      () =>
        rooms.join(callerNamed('mallory'), {
          v: 1,
          op: 'join',
          rid: theirs.rid,
          gate: mine.gate,
          kp: key.kp,
        }),
      () =>
        rooms.found(seat, {
          ...{
            kind: 'found',
            expectGeneration: generation,
            gid,
            kp: newPerson(theirs).kp,
            params: random(16),
          },
        }),
    ];
    let succeeded = 0;
    const codes = new Set<string>();
    for (let i = 0; i < 10_000; i++) {
      try {
        await attempts[i % attempts.length]!();
        succeeded += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(RoomError);
        codes.add((error as RoomError).code);
      }
    }
    expect(succeeded).toBe(0);
    expect(codes.has('ERR_NOT_MEMBER')).toBe(true);
    expect(await store.head(theirs.rid)).toEqual(before);
    expect(await store.head(mine.rid)).toEqual(ownHead);
    expect(await store.members(theirs.rid)).toMatchObject([{ connection: 'anna', state: 'present' }]);
    expect(await store.pending(theirs.rid)).toEqual([]);
  }, 60_000);
});

describe('S16: a name of the prototype in any field of any event', () => {
  const room = newRoom();
  const events: [string, object][] = [
    ['join_room', createRequest(room)],
    ['join_room', joinRequest(room, newPerson(room))],
    ['share_session_key', { ...foundRequest(newPerson(room)), expectGeneration: 0 }],
    ['share_session_key', { kind: 'ku_get', from: 0 }],
    ['send_message', { ...sendRequest(0), generation: 1 }],
    ['sync_room', { from: { generation: 1, seq: 0 } }],
    ['leave_room', {}],
    ['signal', { bytes: random(96) }],
    ['blob_get', { fileId: random(16), i: 0 }],
  ];
  const own = (key: string, value: unknown): object =>
    Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true });
  const poisons: [string, object][] = [
    ['__proto__', own('__proto__', { polluted: true })],
    ['constructor', { constructor: { prototype: { polluted: true } } }],
    ['prototype', { prototype: { polluted: true } }],
    ['toString', { toString: 'polluted' }],
  ];
  /** The payload with the poison beside its fields, and in place of and inside each of them. */
  const poisoned = (payload: object, poison: object): object[] => [
    mixed(payload, poison),
    ...Object.entries(payload).flatMap(([field, value]) => [
      { ...payload, [field]: poison },
      ...(typeof value === 'object' && !(value instanceof Uint8Array)
        ? [{ ...payload, [field]: mixed(value as object, poison) }]
        : []),
    ]),
  ];
  const mixed = (target: object, poison: object): object =>
    Object.defineProperties({ ...target }, Object.getOwnPropertyDescriptors(poison));

  test.each(poisons)(
    '%s is refused, and nothing has it afterwards',
    async (_, poison) => {
      const gateway = await harness.gateway();
      for (const [event, payload] of events) {
        for (const hostile of poisoned(payload, poison)) {
          const client = await harness.client(gateway);
          // What is no packet at all closes the connection.
          const answer = await client.emit(event, hostile).catch(() => 'closed');
          if (answer !== 'closed') expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_FORMAT' } });
          client.close();
        }
      }
      expect('polluted' in {}).toBe(false);
      expect(Object.prototype.toString).toBeInstanceOf(Function);
      accepted(await (await harness.client(gateway)).emit('join_room', createRequest(newRoom())));
    },
    60_000,
  );
});

describe('S9: a frame that says it is', () => {
  test.each([
    ['one byte over the limit', 65_537],
    ['a megabyte', 1024 * 1024],
    ['a hundred megabytes', 100 * 1024 * 1024],
    ['two to the power of sixty', 2 ** 60],
  ])('%s is not waited for: the connection ends at its header', async (_, length) => {
    const gateway = await harness.gateway();
    const client = await harness.client(gateway);
    await found(client, newRoom());
    const socket = await rawWebSocket(gateway.port);
    const header = Buffer.alloc(14);
    header.set([0x82, 0xff]);
    header.writeBigUInt64BE(BigInt(length), 2);
    const closed = once(socket, 'close');
    socket.write(header);
    socket.resume();
    await closed;
    accepted(await client.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }));
  });
});
