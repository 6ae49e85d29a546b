import type { Bytes } from '@bytechat/protocol';
import type { Gateway } from '../gateway.ts';
import type { Harness } from './harness.ts';
import { newPerson, newRoom, random } from './person.ts';
import { accepted, commit, found, joinRequest, knock, resumeRequest, sendRequest } from './story.ts';
import { PRESENT } from './test-client.ts';

const ADDRESS = '203.0.113.199';

/** How bytes may be written. */
export const spellings = (bytes: Bytes): string[] => {
  const buffer = Buffer.from(bytes);
  return [buffer.toString('hex'), buffer.toString('base64').replace(/=+$/, ''), buffer.toString('base64url')];
};

/**
 * Two people meet, talk, make mistakes, come back and leave, on a gateway that trusts 127.0.0.1 as its proxy. Answers
 * with everything of theirs that no log line and no metric may hold.
 */
export async function tellWholeStory(harness: Harness, gateway: Gateway): Promise<string[]> {
  const headers = { 'X-Forwarded-For': ADDRESS };
  const room = newRoom();
  const anna = await harness.client(gateway, { headers, auth: { v: 1, client: 'canary-client' } });
  const ben = await harness.client(gateway, { headers });
  const connections = [anna.id, ben.id];
  const annas = await found(anna, room);
  const bens = await knock(ben, room);
  accepted(await commit(anna, { epoch: 0, adds: [{ person: bens, idx: 1 }] }));
  const env = random(298);
  env.set([1, 0, 2, 0x20, 0, 0, 0, 1], 0);
  accepted(await anna.emit('send_message', sendRequest(1, PRESENT, env)));
  await anna.emit('send_message', { canary: 'canary-payload' });
  await anna.emit('canary-event', {});
  await ben.emit('join_room', joinRequest({ rid: room.rid, gate: random(32) }, newPerson(room)));
  await fetch(`http://127.0.0.1:${gateway.port}/room/canary-path?q=canary-query`, { headers });
  await fetch(`http://127.0.0.1:${gateway.port}/api/room/${spellings(room.rid)[2]}/info`, { headers });
  const back = await harness.client(gateway, { headers });
  accepted(await back.emit('join_room', resumeRequest(back, room, annas)));
  accepted(await ben.emit('leave_room', {}));
  const secrets = [room.rid, room.gate, annas.mid, bens.mid, bens.kph, env, anna.challenge];
  return [...secrets.flatMap(spellings), ADDRESS, '127.0.0.1', 'canary', ...connections];
}
