import { afterEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_STORE_LIMITS, MemoryRoomStore } from '@bytechat/rooms';
import type { Gateway } from '../gateway.ts';
import { envelope, newRoom, type TestRoom } from '../testing/person.ts';
import { Harness } from '../testing/harness.ts';
import { accepted, commit, found, letIn, resumeRequest, sendRequest } from '../testing/story.ts';
import { PRESENT, type TestClient } from '../testing/test-client.ts';

const harness = new Harness();
afterEach(() => harness.end());

/** A store whose leases last as long as twenty-five heartbeats of these gateways. */
const quick = { heartbeatMs: 40, beaconMs: 60 };
const quickStore = (membershipMs = 60_000): MemoryRoomStore =>
  new MemoryRoomStore({ limits: DEFAULT_STORE_LIMITS, lifetimes: { presenceMs: 1_000, membershipMs } });

async function twoMembers(gateway: Gateway, room: TestRoom): Promise<[TestClient, TestClient]> {
  const anna = await harness.client(gateway);
  const ben = await harness.client(gateway);
  await found(anna, room);
  await letIn(anna, ben, room, { epoch: 0, idx: 1 });
  return [anna, ben];
}

describe('presence', () => {
  test('who disconnects without leaving is away when the lease runs out, and present on return', async () => {
    const gateway = await harness.gateway({}, { timings: quick, store: quickStore() });
    const room = newRoom();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, room);
    const person = await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    ben.close();
    expect(await anna.next('user_left')).toEqual({ kind: 'away', idx: 1, mid: person.mid });
    const back = await harness.client(gateway);
    accepted(await back.emit('join_room', resumeRequest(back, room, person)));
    expect(await anna.next('user_joined', ({ kind }) => kind === 'present')).toMatchObject({ idx: 1 });
  });

  test('who comes back is told who is away, and whose membership has run out', async () => {
    const gateway = await harness.gateway({}, { timings: quick, store: quickStore(3_000) });
    const room = newRoom();
    const [anna, ben, cleo] = [
      await harness.client(gateway),
      await harness.client(gateway),
      await harness.client(gateway),
    ];
    const person = await found(anna, room);
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    await letIn(anna, cleo, room, { epoch: 1, idx: 2 });
    ben.close();
    await cleo.next('user_left', ({ kind, idx }) => kind === 'away' && idx === 1);
    const back = await harness.client(gateway);
    accepted(await back.emit('join_room', resumeRequest(back, room, person)));
    expect(await back.next('user_left')).toMatchObject({ kind: 'away', idx: 1 });
    await cleo.next('user_left', ({ kind }) => kind === 'left');
    const again = await harness.client(gateway);
    accepted(await again.emit('join_room', resumeRequest(again, room, person)));
    expect(await again.next('user_left')).toMatchObject({ kind: 'left', idx: 1, reason: 'timeout' });
  });

  test('a return before the lease runs out is told to nobody', async () => {
    const gateway = await harness.gateway({}, { timings: quick, store: quickStore() });
    const room = newRoom();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, room);
    const person = await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    await anna.next('user_joined', ({ kind }) => kind === 'joined');
    ben.close();
    const back = await harness.client(gateway);
    accepted(await back.emit('join_room', resumeRequest(back, room, person)));
    for (let beats = 0; beats < 25; beats++) await anna.next('room_head');
    expect(anna.count('user_left') + anna.count('user_joined')).toBe(0);
  });

  test('a membership that runs out is told as a time-out, so that somebody commits its end', async () => {
    const gateway = await harness.gateway({}, { timings: quick, store: quickStore(200) });
    const [anna, ben] = await twoMembers(gateway, newRoom());
    ben.close();
    expect(await anna.next('user_left', ({ kind }) => kind === 'left')).toMatchObject({
      idx: 1,
      reason: 'timeout',
    });
    accepted(await commit(anna, { epoch: 1, removes: [{ idx: 1, reason: 'timeout' }], wrapsFor: [] }));
  });

  test('the leases of connected members are renewed for as long as they stay', async () => {
    const gateway = await harness.gateway({}, { timings: quick, store: quickStore() });
    const [anna, ben] = await twoMembers(gateway, newRoom());
    for (let beats = 0; beats < 25; beats++) await anna.next('room_head');
    expect(anna.count('user_left')).toBe(0);
    accepted(await ben.emit('send_message', sendRequest(1)));
  });

  test('an idle room hears its position again and again', async () => {
    const gateway = await harness.gateway({}, { timings: quick, store: quickStore() });
    const [anna, ben] = await twoMembers(gateway, newRoom());
    const sent = accepted(await anna.emit('send_message', sendRequest(1)));
    expect(await ben.next('room_head', ({ seq }) => seq === sent['seq'])).toEqual({
      generation: anna.generation,
      seq: sent['seq'],
    });
  });

  test('when the room is gone from the store its connections are closed, to find out by coming back', async () => {
    const store = quickStore();
    const gateway = await harness.gateway({}, { timings: quick, store });
    const [anna, ben] = await twoMembers(gateway, newRoom());
    await store.close();
    await Promise.all([anna.gone(), ben.gone()]);
  });
});

describe('the session of a person', () => {
  const timings = { expiryNoticeMs: 150 };

  test('ends after a long silence: a notice, then the end, and the others hear that the member left', async () => {
    const gateway = await harness.gateway({ sessionTimeoutSeconds: 0.8 }, { timings });
    const [anna, ben] = await twoMembers(gateway, newRoom());
    const typing = setInterval(
      () => void anna.emit('send_message', sendRequest(1)).catch(() => undefined),
      50,
    );
    expect(await ben.next('server_notice')).toEqual({ code: 'EXPIRING', retryAfterMs: 150 });
    expect(await ben.next('server_notice')).toEqual({ code: 'EXPIRED' });
    await ben.gone();
    expect(await anna.next('user_left')).toMatchObject({ kind: 'left', idx: 1 });
    clearInterval(typing);
    expect(anna.count('server_notice')).toBe(0);
  });

  test('goes on when something is done after the notice, and machine-made events are nothing done', async () => {
    const gateway = await harness.gateway(
      { sessionTimeoutSeconds: 0.3 },
      { timings: { expiryNoticeMs: 2_000 } },
    );
    const [anna] = await twoMembers(gateway, newRoom());
    const machine = setInterval(
      () => void anna.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }).catch(() => undefined),
      30,
    );
    expect(await anna.next('server_notice')).toMatchObject({ code: 'EXPIRING' });
    clearInterval(machine);
    accepted(await anna.emit('send_message', sendRequest(1)));
    expect(await anna.next('server_notice')).toMatchObject({ code: 'EXPIRING' });
  });

  test('is not prolonged by what a client sends of itself, such as its heartbeats', async () => {
    const gateway = await harness.gateway(
      { sessionTimeoutSeconds: 0.3 },
      { timings: { expiryNoticeMs: 400 } },
    );
    const [anna] = await twoMembers(gateway, newRoom());
    expect(await anna.next('server_notice')).toMatchObject({ code: 'EXPIRING' });
    accepted(await anna.emit('send_message', sendRequest(1, PRESENT, envelope(1, 0x21))));
    expect(await anna.next('server_notice')).toEqual({ code: 'EXPIRED' });
  });

  test('is not prolonged by a connection that comes back by itself', async () => {
    const gateway = await harness.gateway(
      { sessionTimeoutSeconds: 0.6 },
      { timings: { expiryNoticeMs: 5_000, heartbeatMs: 40, beaconMs: 40 } },
    );
    const room = newRoom();
    const anna = await harness.client(gateway);
    const person = await found(anna, room);
    for (let beats = 0; beats < 10; beats++) await anna.next('room_head');
    anna.close();
    const back = await harness.client(gateway);
    const resumedAt = performance.now();
    accepted(await back.emit('join_room', resumeRequest(back, room, person)));
    await back.next('server_notice', ({ code }) => code === 'EXPIRING');
    expect(performance.now() - resumedAt).toBeLessThan(500);
  });
});
