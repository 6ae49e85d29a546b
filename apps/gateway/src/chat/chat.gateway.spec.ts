import { afterEach, describe, expect, test } from '@jest/globals';
import { newRoom } from '../testing/person.ts';
import { Harness } from '../testing/harness.ts';
import {
  accepted,
  commit,
  createRequest,
  found,
  knock,
  letIn,
  message,
  resumeRequest,
  sendRequest,
} from '../testing/story.ts';
import { PRESENT } from '../testing/test-client.ts';

const harness = new Harness();
afterEach(() => harness.end());

describe('the way into a room', () => {
  test('who creates a room is told so directly before the acknowledgement, and founds its group', async () => {
    const room = newRoom();
    const anna = await harness.client(await harness.gateway());
    const order: string[] = [];
    anna.socket.onAny((event: string) => order.push(event));
    const answer = await anna.emit('join_room', createRequest(room)).then((it) => (order.push('ack'), it));
    expect(answer).toEqual({ ok: true });
    expect(order).toEqual(['room_joined', 'ack']);
    expect(await anna.next('room_joined')).toMatchObject({ state: 'created', members: [], rid0: room.rid });
  });

  test('a newcomer is let in by a commit, gets a welcome and hears the room from then on', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, room);
    const person = await knock(ben, room);
    expect(await ben.next('room_joined')).toMatchObject({ state: 'pending' });
    expect(await anna.next('user_joined')).toEqual({ kind: 'pending', kp: person.kp });

    accepted(await commit(anna, { epoch: 0, adds: [{ person, idx: 1 }] }));
    const welcome = await ben.next('session_key_received');
    expect(welcome).toMatchObject({ kind: 'welcome', idx: 1, epoch: 1, kph: person.kph, groupInfoParts: 1 });
    expect(await anna.next('user_joined')).toMatchObject({ kind: 'joined', idx: 1, mid: person.mid });

    if (welcome.kind !== 'welcome') throw new Error('not a welcome');
    const part = { kind: 'group_info', commitId: welcome.commitId, part: 0 };
    expect(await ben.emit('share_session_key', part)).toMatchObject({ ok: true });
    accepted(await anna.emit('send_message', sendRequest(1)));
    expect(await message(ben)).toMatchObject({ generation: anna.generation, seq: 2 });
  });

  test('a rekey gives every other member the hint with its own wrap, and none to the committer', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const [anna, ben, cleo] = [
      await harness.client(gateway),
      await harness.client(gateway),
      await harness.client(gateway),
    ];
    await found(anna, room);
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const cleosPerson = await letIn(anna, cleo, room, { epoch: 1, idx: 2 });
    await ben.next('session_key_received', ({ kind }) => kind === 'commit');
    accepted(await cleo.emit('leave_room', {}));
    expect(await ben.next('user_left')).toMatchObject({ kind: 'left', idx: 2, mid: cleosPerson.mid });

    accepted(await commit(anna, { epoch: 2, removes: [{ idx: 2, reason: 'left' }], wrapsFor: [1] }));
    const hint = await ben.next('session_key_received');
    expect(hint).toMatchObject({ kind: 'commit', epoch: 3, wrap: { wrap: expect.any(Uint8Array) } });
    expect(await ben.next('user_left')).toMatchObject({ kind: 'removed', idx: 2, reason: 'left' });
    expect(anna.count('session_key_received')).toBe(0);
  });

  test('a message reaches everybody but its sender, and a repeated one nobody', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, room);
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const request = sendRequest(1);
    const first = accepted(await anna.emit('send_message', request));
    expect(await anna.emit('send_message', request)).toEqual(first);
    accepted(await anna.emit('send_message', sendRequest(1)));
    expect((await message(ben)).seq).toBe(first['seq']);
    expect((await message(ben)).seq).toBe((first['seq'] as number) + 1);
    expect(anna.count('new_message')).toBe(0);
  });

  test('a signal reaches the others with the slot it came from, and too many are refused', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, room);
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    const bytes = new Uint8Array(96).fill(7);
    expect(await ben.emit('signal', { bytes })).toEqual({ ok: true });
    expect(await anna.next('signal')).toEqual({ idx: 1, bytes });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ben.emit('signal', { bytes })));
    expect(answers).toContainEqual({
      ok: false,
      error: expect.objectContaining({ code: 'ERR_RATE', retryAfterMs: expect.any(Number) }),
    });
  });
});

describe('coming back', () => {
  test('a resume replaces the old connection, which is told so and closed', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const before = await harness.client(gateway);
    const person = await found(before, room);
    const after = await harness.client(gateway);
    expect(await after.emit('join_room', resumeRequest(after, room, person))).toEqual({ ok: true });
    expect(await after.next('room_joined')).toMatchObject({ state: 'active' });
    expect(await before.next('server_notice')).toEqual({ code: 'REPLACED' });
    await before.gone();
    expect(await after.emit('send_message', sendRequest(0))).toMatchObject({ ok: true, seq: 1 });
  });

  test('a resume tells of those who wait, after the acknowledgement', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const before = await harness.client(gateway);
    const person = await found(before, room);
    const ben = await harness.client(gateway);
    const waiting = await knock(ben, room);
    const after = await harness.client(gateway);
    accepted(await after.emit('join_room', resumeRequest(after, room, person)));
    expect(await after.next('user_joined')).toEqual({ kind: 'pending', kp: waiting.kp });
  });

  test('a challenge is good for one verdict, and a foreign one for none', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const anna = await harness.client(gateway);
    const person = await found(anna, room);
    const thief = await harness.client(gateway);
    const foreign = resumeRequest(anna, room, person);
    expect(await thief.emit('join_room', foreign)).toMatchObject({ error: { code: 'ERR_NOT_MEMBER' } });
    const late = resumeRequest(thief, room, person);
    expect(await thief.emit('join_room', late)).toMatchObject({ error: { code: 'ERR_NOT_MEMBER' } });
    expect(await anna.emit('send_message', sendRequest(0))).toMatchObject({ ok: true });
  });

  test('whoever enters another room leaves the first one', async () => {
    const gateway = await harness.gateway();
    const [first, second] = [newRoom(), newRoom()];
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, first);
    await letIn(anna, ben, first, { epoch: 0, idx: 1 });
    await found(ben, second);
    expect(await anna.next('user_left')).toMatchObject({ kind: 'left', idx: 1 });
    accepted(await ben.emit('send_message', sendRequest(0)));
    expect(anna.count('new_message')).toBe(0);
  });

  test('a newcomer who waits when the last member leaves is cut off, and founds the room when asking again', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const [anna, ben] = [await harness.client(gateway), await harness.client(gateway)];
    await found(anna, room);
    await knock(ben, room);
    accepted(await anna.emit('leave_room', {}));
    await ben.gone();
    const again = await harness.client(gateway);
    await knock(again, room);
    expect(await again.next('room_joined')).toMatchObject({ state: 'created' });
  });

  test('a newcomer who hangs up waits no longer', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const before = await harness.client(gateway);
    const person = await found(before, room);
    const [gone, patient] = [await harness.client(gateway), await harness.client(gateway)];
    await knock(gone, room);
    const waiting = await knock(patient, room);
    gone.close();
    const after = await harness.client(gateway);
    accepted(await after.emit('join_room', resumeRequest(after, room, person)));
    expect(await after.next('user_joined')).toEqual({ kind: 'pending', kp: waiting.kp });
    accepted(await after.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }));
    expect(after.count('user_joined')).toBe(0);
  });

  test('a disconnect alone is no leave: nobody is told', async () => {
    const gateway = await harness.gateway();
    const room = newRoom();
    const anna = await harness.client(gateway);
    const ben = await harness.client(gateway);
    await found(anna, room);
    await letIn(anna, ben, room, { epoch: 0, idx: 1 });
    ben.close();
    accepted(await anna.emit('send_message', sendRequest(1)));
    accepted(await anna.emit('sync_room', { from: { generation: PRESENT, seq: 0 } }));
    expect(anna.count('user_left')).toBe(0);
  });
});
