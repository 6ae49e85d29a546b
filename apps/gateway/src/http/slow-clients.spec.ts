import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Harness } from '../testing/harness.ts';
import { HTTP_LIMITS } from './http-adapter.ts';

const harness = new Harness();
afterEach(() => harness.end());

/** Between two bytes of a client that means to hold the connection for ever. */
const DRIP_MS = 250;

/** How long a client lasts that begins like this and then goes on byte by byte. */
async function lasts(port: number, beginning: string): Promise<number> {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  const startedAt = performance.now();
  socket.write(beginning);
  const drip = setInterval(() => socket.write('a'), DRIP_MS);
  await new Promise((resolve) => socket.on('close', resolve));
  clearInterval(drip);
  return performance.now() - startedAt;
}

/** Late by no more than one look, and what a busy machine adds. */
const LATE_MS = HTTP_LIMITS.connectionsCheckingInterval + 2_000;

describe('who holds a connection without ever asking for something', () => {
  test.each([
    ['the head of a request', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ', HTTP_LIMITS.headersTimeout],
    [
      'the head of an upgrade',
      'GET /socket.io/?EIO=4 HTTP/1.1\r\nUpgrade: websocket\r\nX: ',
      HTTP_LIMITS.headersTimeout,
    ],
    [
      'the body of a request',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n',
      HTTP_LIMITS.requestTimeout,
    ],
  ])('is cut in time: %s', async (_, beginning, limit) => {
    const gateway = await harness.gateway();
    const [outside, inside] = await Promise.all([
      lasts(gateway.port, beginning),
      lasts(gateway.internalPort, beginning),
    ]);
    expect(outside).toBeLessThan(limit + LATE_MS);
    expect(inside).toBeLessThan(limit + LATE_MS);
  });

  test('and a connection that opens a WebSocket and never enters is cut after five seconds', async () => {
    const gateway = await harness.gateway();
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/socket.io/?EIO=4&transport=websocket`);
    const startedAt = performance.now();
    await new Promise((resolve) => socket.addEventListener('close', resolve));
    expect(performance.now() - startedAt).toBeLessThan(9_000);
  });
});
