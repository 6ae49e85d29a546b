import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { DEFAULT_STORE_LIMITS, MemoryRoomStore } from '@bytechat/rooms';
import type { Gateway } from '../gateway.ts';
import { Harness } from '../testing/harness.ts';
import { envelope, newPerson, newRoom, OPTIONS, random, type TestRoom } from '../testing/person.ts';
import {
  accepted,
  commit,
  createRequest,
  found,
  foundRequest,
  joinRequest,
  letIn,
  sendRequest,
} from '../testing/story.ts';
import { PRESENT, type Answer, type TestClient } from '../testing/test-client.ts';
import type { ChatSocket } from './chat-socket.ts';
import { bindHandlers } from './dispatch.ts';
import { InFlight } from './in-flight.ts';

const harness = new Harness();
afterEach(() => harness.end());

const refused = (code: string): object => ({ ok: false, error: expect.objectContaining({ code }) as object });

describe('whatever is wrong with an event, it is acknowledged with a typed error and changes nothing', () => {
  let gateway: Gateway;
  let anna: TestClient;
  let room: TestRoom;
  let head: Answer;

  beforeEach(async () => {
    gateway = await harness.gateway();
    anna = await harness.client(gateway);
    room = newRoom();
    await found(anna, room);
    head = await position(anna);
  });

  afterEach(async () => {
    expect(await position(anna)).toEqual(head);
    expect(anna.socket.connected).toBe(true);
  });

  const position = (client: TestClient): Promise<Answer> =>
    client.emit('sync_room', { from: { generation: PRESENT, seq: 0 } });

  const events = ['join_room', 'share_session_key', 'send_message', 'sync_room', 'leave_room', 'signal'];
  const junk: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a text', 'toString'],
    ['a list', []],
    ['bytes', new Uint8Array(16)],
    ['a foreign field', { __proto__: null, constructor: 1, extra: true }],
  ];
  test.each(events.flatMap((event) => junk.map(([what, payload]) => [event, what, payload] as const)))(
    '%s with %s',
    async (event, _, payload) => {
      expect(await anna.emit(event, payload)).toEqual(refused('ERR_FORMAT'));
    },
  );

  test.each(events)('%s without a payload, or with two', async (event) => {
    expect(await anna.emit(event)).toEqual(refused('ERR_FORMAT'));
    expect(await anna.emit(event, {}, {})).toEqual(refused('ERR_FORMAT'));
  });

  test.each(['new_message', 'error', 'exception', '', 'constructor', '__proto__'])(
    'an event named "%s"',
    async (event) => {
      expect(await anna.emit(event, {})).toEqual(refused('ERR_FORMAT'));
    },
  );

  test.each([
    ['an envelope of no bucket', { cid: random(16), generation: PRESENT, env: random(299) }, 'ERR_FORMAT'],
    [
      'an envelope of no known type',
      { cid: random(16), generation: PRESENT, env: random(298).fill(9) },
      'ERR_FORMAT',
    ],
    ['a short message id', { cid: random(15), generation: PRESENT, env: envelope(0) }, 'ERR_FORMAT'],
    ['another epoch', { cid: random(16), generation: PRESENT, env: envelope(5) }, 'ERR_EPOCH_STALE'],
    ['another generation', { cid: random(16), generation: 9, env: envelope(0) }, 'ERR_GENERATION'],
  ])('a message with %s', async (_, payload, code) => {
    expect(await anna.emit('send_message', payload)).toEqual(refused(code));
  });

  test('a room that exists, a room that does not, a wrong gate and a foreign key package', async () => {
    const other = await harness.client(gateway);
    const person = newPerson(room);
    const wrongGate = { rid: room.rid, gate: random(32) };
    expect(await other.emit('join_room', createRequest(wrongGate))).toEqual(refused('ERR_ROOM_EXISTS'));
    expect(await other.emit('join_room', joinRequest(wrongGate, person))).toEqual(refused('ERR_GATE'));
    expect(await other.emit('join_room', joinRequest(room, newPerson(newRoom())))).toEqual(
      refused('ERR_FORMAT'),
    );
    const nowhere = newRoom();
    expect(await other.emit('join_room', joinRequest(nowhere, newPerson(nowhere)))).toEqual(
      refused('ERR_ROOM_NOT_FOUND'),
    );
    expect(await other.emit('send_message', sendRequest(0))).toEqual(refused('ERR_NOT_MEMBER'));
  });

  test('a commit that is not what its id says, or for another epoch, or without its parts', async () => {
    expect(await commit(anna, { epoch: 4, wrapsFor: [0] })).toEqual(refused('ERR_EPOCH_STALE'));
    const frame = random(100);
    frame.set([1, 0, 2, 0x10, 0, 0, 0, 0], 0);
    const lie = { kind: 'commit', expectEpoch: 0, commitId: random(32), frame, rekey: true };
    expect(
      await anna.emit('share_session_key', { ...lie, adds: [], removes: [], groupInfoParts: 0 }),
    ).toEqual(refused('ERR_FORMAT'));
  });
});

describe('an event out of place', () => {
  test.each([
    ['send_message', sendRequest(0)],
    ['sync_room', { from: { generation: 0, seq: 0 } }],
    ['leave_room', {}],
    ['signal', { bytes: random(96) }],
    ['share_session_key', foundRequest(newPerson(newRoom()))],
    ['share_session_key', { kind: 'group_info', commitId: random(32), part: 0 }],
    ['share_session_key', { kind: 'stage', commitId: random(32), wraps: [], welcomes: [] }],
  ])('%s before joining is told ERR_NOT_MEMBER', async (event, payload) => {
    const client = await harness.client(await harness.gateway());
    expect(await client.emit(event, payload)).toEqual(refused('ERR_NOT_MEMBER'));
  });

  test('a newcomer who waits can neither read, write nor signal', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, room);
    accepted(await ben.emit('join_room', joinRequest(room, newPerson(room))));
    for (const [event, payload] of [
      ['send_message', sendRequest(0)],
      ['sync_room', { from: { generation: PRESENT, seq: 0 } }],
      ['signal', { bytes: random(96) }],
    ] as const)
      expect(await ben.emit(event, payload)).toEqual(refused('ERR_NOT_MEMBER'));
    accepted(await anna.emit('send_message', sendRequest(0)));
    accepted(await ben.emit('leave_room', {}));
    expect(ben.count('new_message')).toBe(0);
  });

  test('after leaving, a member is nobody', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, room);
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    expect(await ben.emit('leave_room', {})).toEqual({ ok: true });
    expect(await ben.emit('leave_room', {})).toEqual(refused('ERR_NOT_MEMBER'));
    expect(await ben.emit('send_message', sendRequest(1))).toEqual(refused('ERR_NOT_MEMBER'));
    accepted(await anna.emit('send_message', sendRequest(1)));
    expect(await ben.emit('sync_room', { from: { generation: PRESENT, seq: 0 } })).toEqual(
      refused('ERR_NOT_MEMBER'),
    );
    expect(ben.count('new_message')).toBe(0);
  });

  test('names of connections and of rooms open nothing: a rid is bytes, and a gate is asked for', async () => {
    const gateway = await harness.gateway();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    const request = { v: 1, op: 'create', gate: random(32), options: OPTIONS };
    for (const rid of [ben.id, [ben.id], { length: 16 }, 'room:AAAAAAAAAAAAAAAAAAAAAA'])
      expect(await anna.emit('join_room', { ...request, rid })).toEqual(refused('ERR_FORMAT'));
  });
});

describe('limits', () => {
  test('joins of one address', async () => {
    const client = await harness.client(await harness.gateway({ joinsPerMinute: 2 }));
    accepted(await client.emit('join_room', createRequest(newRoom())));
    accepted(await client.emit('join_room', createRequest(newRoom())));
    expect(await client.emit('join_room', createRequest(newRoom()))).toEqual({
      ok: false,
      error: expect.objectContaining({ code: 'ERR_RATE', retryAfterMs: expect.any(Number) }),
    });
  });

  test('messages of one member', async () => {
    const client = await harness.client(
      await harness.gateway({ messageBurst: 1, messageIntervalMs: 60_000 }),
    );
    await found(client, newRoom());
    accepted(await client.emit('send_message', sendRequest(0)));
    expect(await client.emit('send_message', sendRequest(0))).toEqual(refused('ERR_RATE'));
  });

  test('events of one connection, whatever they are', async () => {
    const client = await harness.client(await harness.gateway());
    const answers = await Promise.all(Array.from({ length: 600 }, () => client.emit('nothing', {})));
    expect(answers).toContainEqual(refused('ERR_RATE'));
  });
});

describe('what Nest would do by itself', () => {
  test('a message sent with the very connection finds everything in place', async () => {
    const gateway = await harness.gateway();
    const { port } = gateway;
    const client = await harness.client({ port });
    client.socket.disconnect();
    const early = new Promise((resolve) => client.socket.emit('leave_room', {}, resolve));
    client.socket.connect();
    expect(await early).toEqual(refused('ERR_NOT_MEMBER'));
  });

  test('a result with a field named event is acknowledged, not emitted', async () => {
    const { socket, receive } = fakeSocket();
    const inFlight = new InFlight();
    const handler = async (): Promise<object> => ({ event: 'oops', data: 1 });
    bindHandlers(
      socket,
      [{ message: 'ask', methodName: 'ask', isAckHandledManually: false, callback: handler as never }],
      { inFlight, meter: { flooded: () => undefined, answered: () => undefined } },
    );
    const acknowledge = jest.fn();
    receive('ask', {}, acknowledge);
    await inFlight.idle();
    expect(acknowledge).toHaveBeenCalledWith({ event: 'oops', data: 1 });
  });

  test('a refusal never echoes the payload and comes as the acknowledgement alone', async () => {
    const client = await harness.client(await harness.gateway());
    const answer = await client.emit('send_message', { canary: 'echo-me' });
    expect(JSON.stringify(answer)).not.toContain('echo-me');
    expect(client.order()).toEqual([]);
  });

  test('a store that is out of reach is told as ERR_BUSY, and logged without the reason it gave', async () => {
    class AbsentStore extends MemoryRoomStore {
      override async create(): Promise<void> {
        throw new TypeError('secret-canary in the command');
      }
    }
    const store = new AbsentStore({ limits: DEFAULT_STORE_LIMITS });
    const client = await harness.client(await harness.gateway({}, { store }));
    expect(await client.emit('join_room', createRequest(newRoom()))).toEqual(refused('ERR_BUSY'));
    const line = harness.logLines.find((each) => each.includes('could not be served'));
    expect(line).toContain('TypeError');
    expect(harness.logLines.join('')).not.toContain('secret-canary');
  });
});

function fakeSocket(): { socket: ChatSocket; receive: (event: string, ...args: unknown[]) => void } {
  let receive: (event: string, ...args: unknown[]) => void = () => undefined;
  const socket = { onAny: (listener: typeof receive) => (receive = listener) } as unknown as ChatSocket;
  return { socket, receive: (...args) => receive(...args) };
}
