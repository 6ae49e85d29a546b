import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_STORE_LIMITS, MemoryRoomStore, RoomError } from '@bytechat/rooms';
import type { Gateway } from '../gateway.ts';
import { Harness } from '../testing/harness.ts';
import { newPerson, newRoom, random, type TestRoom } from '../testing/person.ts';
import { scrape, untilCounted } from '../testing/scrape.ts';
import {
  accepted,
  createRequest,
  found,
  foundRequest,
  joinRequest,
  letIn,
  message,
  resumeRequest,
  sendRequest,
} from '../testing/story.ts';
import { PRESENT, type TestClient } from '../testing/test-client.ts';
import { measuredStore } from './measured-store.ts';
import { Metrics } from './metrics.ts';
import { rawWebSocket, upgradeStatus } from '../testing/upgrade.ts';

/** What happens, and the series that counts it. */

const harness = new Harness();
afterEach(() => harness.end());

let gateway: Gateway;
let anna: TestClient;
let room: TestRoom;

const begin = async (config: Parameters<Harness['gateway']>[0] = {}): Promise<void> => {
  gateway = await harness.gateway(config, { timings: { slowReaderLookMs: 20 } });
  anna = await harness.client(gateway);
  room = newRoom();
};

const counted = async (series: string): Promise<number> => (await scrape(gateway)).value(series);

describe('a message', () => {
  beforeEach(async () => {
    await begin({ messageBurst: 3 });
    await found(anna, room);
  });

  test('is stored once, however often it is sent, and delivered to each of the others', async () => {
    const [ben, cleo] = [await harness.client(gateway), await harness.client(gateway)];
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    await letIn(anna, cleo, room, { epoch: 1, idx: 2 });
    const request = sendRequest(2);
    for (let i = 0; i < 3; i++) accepted(await anna.emit('send_message', request));
    await Promise.all([message(ben), message(cleo)]);
    expect(await counted('bytechat_messages_published_total{result="stored"}')).toBe(1);
    expect(await counted('bytechat_messages_published_total{result="repeated"}')).toBe(2);
    expect(await counted('bytechat_duplicates_suppressed_total')).toBe(2);
    expect(await counted('bytechat_messages_delivered_total')).toBe(2);
    expect(await counted('bytechat_delivery_seconds_count')).toBe(1);
    expect(await counted('bytechat_publish_ack_seconds_count')).toBe(3);
    expect(await counted('bytechat_epoch_changes_total')).toBe(2);
    expect(await counted('bytechat_connections')).toBe(3);
    expect(await counted('bytechat_rooms')).toBe(1);
  });

  test('that is refused counts under its code, and under the limit that refused it', async () => {
    for (let i = 0; i < 4; i++) await anna.emit('send_message', sendRequest(0));
    await anna.emit('send_message', sendRequest(7));
    expect(await counted('bytechat_messages_published_total{result="ERR_RATE"}')).toBe(1);
    expect(await counted('bytechat_rate_limited_total{limiter="messages"}')).toBe(1);
    expect(await counted('bytechat_messages_published_total{result="ERR_EPOCH_STALE"}')).toBe(1);
  });
});

test('a write that no replica confirms is counted, and thrown on', async () => {
  const metrics = new Metrics({ hasRedis: true });
  const store = measuredStore({ append: () => Promise.reject(new RoomError('ERR_INDETERMINATE')) }, metrics);
  await expect(store.append()).rejects.toMatchObject({ code: 'ERR_INDETERMINATE' });
  expect(await metrics.text()).toMatch(/^bytechat_wait_timeouts_total 1$/m);
});

test('a message that the store does not answer counts as busy', async () => {
  class SilentStore extends MemoryRoomStore {
    override append(): ReturnType<MemoryRoomStore['append']> {
      return Promise.reject(new Error('away'));
    }
  }
  gateway = await harness.gateway({}, { store: new SilentStore({ limits: DEFAULT_STORE_LIMITS }) });
  const client = await harness.client(gateway);
  await found(client, newRoom());
  await client.emit('send_message', sendRequest(0));
  expect(await counted('bytechat_messages_published_total{result="ERR_BUSY"}')).toBe(1);
});

describe('catching up', () => {
  beforeEach(() => begin());

  test('counts once, with the messages that were missed', async () => {
    const person = await found(anna, room);
    for (let i = 0; i < 2; i++) accepted(await anna.emit('send_message', sendRequest(0)));
    const back = await harness.client(gateway);
    accepted(await back.emit('join_room', resumeRequest(back, room, person)));
    accepted(await back.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }));
    expect(await counted('bytechat_recoveries_total{recovered="true"}')).toBe(1);
    expect(await counted('bytechat_recovered_messages_total')).toBe(2);
  });

  test('that finds something after all had been fetched counts a gap; the first one never does', async () => {
    await found(anna, room);
    const fetched = async (): Promise<void> => {
      accepted(await anna.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }));
    };
    accepted(await anna.emit('send_message', sendRequest(0)));
    await fetched();
    expect(await counted('bytechat_gaps_detected_total')).toBe(0);
    await fetched();
    expect(await counted('bytechat_gaps_detected_total')).toBe(1);
  });

  test('that finds another generation counts as not recovered', async () => {
    await found(anna, room);
    accepted(await anna.emit('sync_room', { from: { generation: 9, seq: 4 } }));
    expect(await counted('bytechat_recoveries_total{recovered="false"}')).toBe(1);
    expect(await counted('bytechat_recoveries_total{recovered="true"}')).toBe(0);
  });

  test('in a room that was founded anew counts a change of generation', async () => {
    const person = await found(anna, room);
    accepted(await anna.emit('leave_room', {}));
    accepted(await anna.emit('join_room', joinRequest(room, person)));
    accepted(await anna.emit('share_session_key', foundRequest(newPerson(room))));
    expect(await counted('bytechat_generation_changes_total')).toBe(1);
  });
});

describe('what is refused', () => {
  test('a wrong gate, a room that is not there, a resume without the key', async () => {
    await begin();
    const person = await found(anna, room);
    const other = await harness.client(gateway);
    await other.emit('join_room', joinRequest({ rid: room.rid, gate: random(32) }, newPerson(room)));
    const nowhere = newRoom();
    await other.emit('join_room', joinRequest(nowhere, newPerson(nowhere)));
    await other.emit('join_room', { ...resumeRequest(other, room, person), sig: random(64) });
    expect(await counted('bytechat_auth_failures_total{reason="gate"}')).toBe(1);
    expect(await counted('bytechat_auth_failures_total{reason="no_room"}')).toBe(1);
    expect(await counted('bytechat_auth_failures_total{reason="resume"}')).toBe(1);
  });

  test('a foreign origin, before there is a connection', async () => {
    await begin();
    expect(await upgradeStatus(gateway.port, { Origin: 'https://evil.example' })).toBe(403);
    expect(await counted('bytechat_auth_failures_total{reason="origin"}')).toBe(1);
    expect(await counted('bytechat_connections_total{result="ERR_ORIGIN"}')).toBe(1);
    expect(await counted('bytechat_connections_total{result="accepted"}')).toBe(1);
  });

  test.each([
    ['handshake', { handshakesPerMinute: 1 }],
    ['connections', { maxConnectionsPerAddress: 1 }],
  ])('a connection over the allowance of the address: %s', async (limiter, config) => {
    await begin(config);
    await expect(harness.client(gateway)).rejects.toThrow();
    expect(await counted(`bytechat_rate_limited_total{limiter="${limiter}"}`)).toBe(1);
    expect(await counted('bytechat_connections_total{result="ERR_RATE"}')).toBe(1);
  });

  test.each([
    ['join', { joinsPerMinute: 1 }],
    ['rooms', { maxRoomsPerAddress: 1 }],
  ])('a room over the allowance of the address: %s', async (limiter, config) => {
    await begin(config);
    for (let i = 0; i < 2; i++) await anna.emit('join_room', createRequest(newRoom()));
    expect(await counted(`bytechat_rate_limited_total{limiter="${limiter}"}`)).toBe(1);
  });

  test('guesses at a gate that is locked, and too many signals', async () => {
    await begin();
    await found(anna, room);
    const guesser = await harness.client(gateway);
    for (let i = 0; i < 12; i++)
      await guesser.emit('join_room', joinRequest({ rid: room.rid, gate: random(32) }, newPerson(room)));
    for (let i = 0; i < 6; i++) await anna.emit('signal', { bytes: random(96) });
    expect(await counted('bytechat_rate_limited_total{limiter="gate"}')).toBeGreaterThan(0);
    expect(await counted('bytechat_rate_limited_total{limiter="signals"}')).toBe(1);
  });

  test('a flood of events', async () => {
    await begin();
    const answers = await Promise.all(Array.from({ length: 500 }, () => anna.emit('nothing', {})));
    const flooded = answers.filter((answer) => !answer.ok && answer.error.code === 'ERR_RATE').length;
    expect(await counted('bytechat_rate_limited_total{limiter="events"}')).toBe(flooded);
    expect(flooded).toBeGreaterThan(0);
  });
});

describe('malformed input counts at the layer that refuses it', () => {
  beforeEach(() => begin());

  test('event: a payload that is none', async () => {
    await anna.emit('send_message', { nothing: true });
    expect(await counted('bytechat_invalid_frames_total{layer="event"}')).toBe(1);
  });

  test('handshake: no version', async () => {
    await expect(harness.client(gateway, { auth: {} })).rejects.toThrow();
    expect(await counted('bytechat_invalid_frames_total{layer="handshake"}')).toBe(1);
  });

  test('parser: a frame that is no packet', async () => {
    const stock = new WebSocket(`ws://127.0.0.1:${gateway.port}/socket.io/?EIO=4&transport=websocket`);
    stock.addEventListener('message', () => stock.send('40{"v":1}'));
    await new Promise((resolve) => stock.addEventListener('close', resolve));
    expect(await counted('bytechat_invalid_frames_total{layer="parser"}')).toBe(1);
  });

  test('websocket: a frame without its mask', async () => {
    const socket = await rawWebSocket(gateway.port);
    socket.write(Buffer.from([0x82, 0x01, 0x00]));
    await new Promise((resolve) => socket.on('close', resolve));
    expect(await counted('bytechat_invalid_frames_total{layer="websocket"}')).toBe(1);
  });
});

describe('a connection that ends counts by what ended it', () => {
  test('the client, another connection in its place, the end of this pod', async () => {
    await begin();
    const person = await found(anna, room);
    const back = await harness.client(gateway);
    accepted(await back.emit('join_room', resumeRequest(back, room, person)));
    await anna.gone();
    await untilCounted(gateway, 'bytechat_disconnects_total{code="REPLACED"}', (value) => value === 1);
    const passing = await harness.client(gateway);
    passing.close();
    await untilCounted(gateway, 'bytechat_disconnects_total{code="CLIENT"}', (value) => value === 1);
    expect(await counted('bytechat_draining')).toBe(0);
    await gateway.drain();
    await untilCounted(gateway, 'bytechat_disconnects_total{code="DRAINING"}', (value) => value === 1);
    expect(await counted('bytechat_draining')).toBe(1);
    expect(await counted('bytechat_connections')).toBe(0);
    expect(await upgradeStatus(gateway.port, {}).catch(() => 'closed')).toBe('closed');
  });
});
