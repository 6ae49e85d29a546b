import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
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

const BEGINNINGS = [
  {
    what: 'the head of a request',
    beginning: 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ',
    limit: HTTP_LIMITS.headersTimeout,
  },
  {
    what: 'the head of an upgrade',
    beginning: 'GET /socket.io/?EIO=4 HTTP/1.1\r\nUpgrade: websocket\r\nX: ',
    limit: HTTP_LIMITS.headersTimeout,
  },
  {
    what: 'the body of a request',
    beginning: 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n',
    limit: HTTP_LIMITS.requestTimeout,
  },
];

test('who begins a request and never ends it is cut in time, on both ports', async () => {
  const { port, internalPort } = await harness.gateway();
  const held = await Promise.all(
    [port, internalPort].flatMap((each) =>
      BEGINNINGS.map(async ({ what, beginning, limit }) => ({
        what,
        isInTime: (await lasts(each, beginning)) < limit + LATE_MS,
      })),
    ),
  );
  expect(held.filter(({ isInTime }) => !isInTime)).toEqual([]);
});

test('who opens a WebSocket and never enters is cut after five seconds', async () => {
  const { port } = await harness.gateway();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  const startedAt = performance.now();
  await new Promise((resolve) => socket.addEventListener('close', resolve));
  expect(performance.now() - startedAt).toBeLessThan(9_000);
});
