import { afterEach, expect, test } from '@jest/globals';
import type { Gateway } from '../gateway.ts';
import { Harness } from '../testing/harness.ts';
import { newRoom, type TestRoom } from '../testing/person.ts';
import { found, knock, letIn } from '../testing/story.ts';
import type { TestClient } from '../testing/test-client.ts';

const harness = new Harness();
afterEach(() => harness.end());

/** Four members, of whom three are asked first. */
async function fourMembers(gateway: Gateway, room: TestRoom): Promise<TestClient[]> {
  const founder = await harness.client(gateway);
  await found(founder, room);
  const members = [founder];
  for (let idx = 1; idx < 4; idx++) {
    const member = await harness.client(gateway);
    await letIn(founder, member, room, { epoch: idx - 1, idx });
    members.push(member);
  }
  // Whoever is asked from here on is asked for the one who knocks next.
  for (const member of members) {
    await member.emit('nothing', {});
    while (member.count('user_joined') > 0) await member.next('user_joined');
  }
  return members;
}

const asked = async (members: readonly TestClient[]): Promise<number> => {
  await Promise.all(members.map((member) => member.emit('nothing', {})));
  return members.filter((member) => member.count('user_joined') > 0).length;
};

test('three members are asked to let a newcomer in, and no more at first', async () => {
  const gateway = await harness.gateway({}, { timings: { widerAdmissionMs: 60_000 } });
  const room = newRoom();
  const members = await fourMembers(gateway, room);
  await knock(await harness.client(gateway), room);
  expect(await asked(members)).toBe(3);
});

test('when nobody answers, all are asked', async () => {
  const gateway = await harness.gateway({}, { timings: { widerAdmissionMs: 100 } });
  const room = newRoom();
  const members = await fourMembers(gateway, room);
  const { kp } = await knock(await harness.client(gateway), room);
  const requests = await Promise.all(members.map((member) => member.next('user_joined')));
  for (const request of requests) expect(request).toEqual({ kind: 'pending', kp });
});

test('a newcomer who has gone is not asked for again', async () => {
  const gateway = await harness.gateway({}, { timings: { widerAdmissionMs: 100, beaconMs: 20 } });
  const room = newRoom();
  const members = await fourMembers(gateway, room);
  const newcomer = await harness.client(gateway);
  await knock(newcomer, room);
  newcomer.close();
  for (let beacons = 0; beacons < 10; beacons++) await members[0]!.next('room_head');
  expect(await asked(members)).toBe(3);
});
