import { afterEach, describe, expect, test } from '@jest/globals';
import type { Gateway } from '../gateway.ts';
import { Harness } from '../testing/harness.ts';
import { scrape } from '../testing/scrape.ts';
import { rawWebSocket } from '../testing/upgrade.ts';

const harness = new Harness();
afterEach(() => harness.end());

/** A masked frame with one byte in it: the first of a binary message, or a further piece. */
const piece = (isFirst: boolean): Buffer => Buffer.from([isFirst ? 0x02 : 0x00, 0x81, 0, 0, 0, 0, 0x61]);
const pieces = (count: number): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, i) => piece(i === 0)));

const invalid = async (gateway: Gateway): Promise<number> =>
  (await scrape(gateway)).value('bytechat_invalid_frames_total{layer="websocket"}');

describe('a message in pieces', () => {
  test('of 64 and no end is waited for, one piece more is the end of the connection', async () => {
    const gateway = await harness.gateway();
    const socket = await rawWebSocket(gateway.port);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.write(pieces(64));
    // A ping that is answered tells that what came before it has been read.
    const answered = new Promise((resolve) => socket.once('data', resolve));
    socket.write(Buffer.from([0x89, 0x80, 0, 0, 0, 0]));
    await answered;
    expect(await invalid(gateway)).toBe(0);
    socket.write(piece(false));
    await closed;
    expect(await invalid(gateway)).toBe(1);
  });
});

test('a peer that never answers a close holds up the end of the pod for seconds only', async () => {
  const gateway = await harness.gateway();
  await rawWebSocket(gateway.port);
  const startedAt = performance.now();
  await gateway.drain();
  await harness.end();
  expect(performance.now() - startedAt).toBeLessThan(9_000);
});
