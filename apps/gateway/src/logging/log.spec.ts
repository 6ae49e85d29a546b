import { afterEach, describe, expect, test } from '@jest/globals';
import type { Bytes } from '@bytechat/protocol';
import { Harness } from '../testing/harness.ts';
import { newPerson, newRoom, random } from '../testing/person.ts';
import { accepted, commit, found, joinRequest, knock, resumeRequest, sendRequest } from '../testing/story.ts';
import { describeError } from './describe-error.ts';

const harness = new Harness();
afterEach(() => harness.end());

const spellings = (bytes: Bytes): string[] => {
  const buffer = Buffer.from(bytes);
  return [buffer.toString('hex'), buffer.toString('base64').replace(/=+$/, ''), buffer.toString('base64url')];
};

test('a whole story at the most talkative level leaves nothing of anybody in the log', async () => {
  const address = '203.0.113.199';
  const gateway = await harness.gateway({ logLevel: 'debug', trustedProxies: ['127.0.0.1'] });
  const headers = { 'X-Forwarded-For': address };
  const room = newRoom();
  const anna = await harness.client(gateway, { headers, auth: { v: 1, client: 'canary-client' } });
  const ben = await harness.client(gateway, { headers });
  const connections = [anna.id, ben.id];
  const annas = await found(anna, room);
  const bens = await knock(ben, room);
  accepted(await commit(anna, { epoch: 0, adds: [{ person: bens, idx: 1 }] }));
  const env = random(298);
  env.set([1, 0, 2, 0x20, 0, 0, 0, 1], 0);
  accepted(await anna.emit('send_message', sendRequest(1, 1, env)));
  await anna.emit('send_message', { canary: 'canary-payload' });
  await anna.emit('canary-event', {});
  await ben.emit('join_room', joinRequest({ rid: room.rid, gate: random(32) }, newPerson(room)));
  await fetch(`http://127.0.0.1:${gateway.port}/room/canary-path?q=canary-query`, { headers });
  await fetch(`http://127.0.0.1:${gateway.port}/api/room/${spellings(room.rid)[2]}/info`, { headers });
  const back = await harness.client(gateway, { headers });
  accepted(await back.emit('join_room', resumeRequest(back, room, annas)));
  accepted(await ben.emit('leave_room', {}));
  await gateway.drain();

  const log = harness.logLines.join('');
  expect(log).toContain('Embedded store');
  const secrets = [room.rid, room.gate, annas.mid, bens.mid, bens.kph, env, anna.challenge].flatMap(
    spellings,
  );
  for (const canary of [...secrets, address, '127.0.0.1', 'canary', ...connections])
    expect(log).not.toContain(canary);
});

describe('what is said of an error', () => {
  test('is its name, its code and where it came from, never its message or its fields', () => {
    const error = Object.assign(new RangeError('canary\n    at canary (canary)'), {
      code: 'ERR_SOMETHING',
      command: { args: ['canary'] },
    });
    const said = describeError(error);
    expect(said).toMatchObject({ name: 'RangeError', code: 'ERR_SOMETHING' });
    expect(said.at?.[0]).toMatch(/^at .*log\.spec\.ts:\d+:\d+/);
    expect(JSON.stringify(said)).not.toContain('canary');
  });

  test('is its type when it is none', () => {
    expect(describeError('canary')).toEqual({ name: 'string' });
  });
});
