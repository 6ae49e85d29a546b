import type { Socket as NetSocket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Harness } from '../testing/harness.ts';
import { newRoom, random } from '../testing/person.ts';
import { scrape } from '../testing/scrape.ts';
import { accepted, found, letIn, message, sendRequest } from '../testing/story.ts';
import { PRESENT, type TestClient } from '../testing/test-client.ts';

const harness = new Harness();
afterEach(() => harness.end());

/** The connection below everything, where reading can be stopped. */
const rawSocketOf = (client: TestClient): NetSocket =>
  (client.socket.io.engine.transport as unknown as { ws: { _socket: NetSocket } }).ws._socket;

test('who stops reading is cut, and the others hear every message all the while', async () => {
  const gateway = await harness.gateway({ messageBurst: 1_000 }, { timings: { slowReaderLookMs: 50 } });
  const room = newRoom();
  const [anna, ben, cleo] = [
    await harness.client(gateway),
    await harness.client(gateway),
    await harness.client(gateway),
  ];
  await found(anna, room);
  await letIn(anna, ben, room, { epoch: 0, idx: 1 });
  await letIn(anna, cleo, room, { epoch: 1, idx: 2 });
  rawSocketOf(ben).pause();

  const seen = { cut: false };
  const cut = harness.logged('did not read').then(() => (seen.cut = true));
  for (let sent = 0; sent < 390 && !seen.cut; sent++) {
    const env = random(16_384 + 42);
    env.set([1, 0, 2, 0x20, 0, 0, 0, 2], 0);
    accepted(await anna.emit('send_message', sendRequest(2, PRESENT, env)));
    await message(cleo);
  }
  await cut;
  rawSocketOf(ben).resume();
  await ben.gone();
  expect(cleo.socket.connected).toBe(true);
  const counted = await scrape(gateway);
  expect(counted.value('bytechat_slow_consumers_total')).toBe(1);
  expect(counted.value('bytechat_disconnects_total{code="SLOW"}')).toBe(1);
  expect(counted.value('bytechat_socket_queue_packets_count')).toBeGreaterThan(0);
});
