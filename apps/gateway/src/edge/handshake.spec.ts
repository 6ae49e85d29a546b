import { afterEach, describe, expect, test } from '@jest/globals';
import { Harness } from '../testing/harness.ts';
import { ConnectRefused, type TestClientOptions } from '../testing/test-client.ts';
import { refusedUpgrade, upgradeStatus } from '../testing/upgrade.ts';
import { isOriginAllowed } from './origin.ts';

const harness = new Harness();
afterEach(() => harness.end());

async function refusal(port: number, options: TestClientOptions = {}): Promise<ConnectRefused> {
  try {
    await harness.client({ port }, options);
  } catch (error) {
    if (error instanceof ConnectRefused) return error;
  }
  throw new Error('The connection was let in.');
}

describe('claim 31: who may connect', () => {
  const listed = ['https://chat.example', 'http://localhost:4200'];
  test.each([
    ['a listed origin', 'https://chat.example', 101],
    ['a listed origin with its port', 'http://localhost:4200', 101],
    ['no browser', undefined, 101],
    ['another site', 'https://evil.example', 403],
    ['the opaque origin', 'null', 403],
    ['an empty origin', '', 403],
    ['a listed host in other letters', 'https://CHAT.example', 403],
    ['a listed host without its encryption', 'http://chat.example', 403],
    ['a listed host on another port', 'https://chat.example:8443', 403],
    ['a listed host as a prefix', 'https://chat.example.evil.example', 403],
    ['a listed host as a suffix', 'https://evil.chat.example', 403],
    ['a listed origin with a path', 'https://chat.example/', 403],
    ['two origins at once', 'https://chat.example https://evil.example', 403],
  ])('%s: %s gets %i', async (_, origin, status) => {
    const gateway = await harness.gateway({ allowedOrigins: listed });
    expect(await upgradeStatus(gateway.port, origin === undefined ? {} : { Origin: origin })).toBe(status);
  });

  test("without a list only the request's own host may, over http or https", () => {
    const from = (origin: string | undefined): boolean =>
      isOriginAllowed(
        { headers: { host: 'chat.example:8080', ...(origin === undefined ? {} : { origin }) } },
        undefined,
      );
    expect(from('http://chat.example:8080')).toBe(true);
    expect(from('https://chat.example:8080')).toBe(true);
    expect(from('https://chat.example')).toBe(false);
    expect(from('ws://chat.example:8080')).toBe(false);
    expect(from(undefined)).toBe(true);
  });

  test('a refused origin gets the code of the refusal, for whoever looks why', async () => {
    const gateway = await harness.gateway({ allowedOrigins: listed });
    const answer = await refusedUpgrade(gateway.port, { Origin: 'https://evil.example' });
    expect(answer).toEqual({ error: { code: 'ERR_ORIGIN', message: expect.any(String) } });
  });
});

describe('what a handshake must carry', () => {
  test.each([
    ['an older version', { v: 0, client: 'x' }, 'ERR_VERSION'],
    ['a version as text', { v: '1', client: 'x' }, 'ERR_VERSION'],
    ['no version', { client: 'x' }, 'ERR_FORMAT'],
    ['no client', { v: 1 }, 'ERR_FORMAT'],
    ['a client name of 65 letters', { v: 1, client: 'x'.repeat(65) }, 'ERR_FORMAT'],
  ])('%s is refused', async (_, auth, code) => {
    const { port } = await harness.gateway();
    expect((await refusal(port, { auth })).data).toMatchObject({ code });
  });

  test('a stock client, which speaks another wire, is cut off and the gateway goes on', async () => {
    const gateway = await harness.gateway();
    const stock = new WebSocket(`ws://127.0.0.1:${gateway.port}/socket.io/?EIO=4&transport=websocket`);
    await new Promise<void>((resolve) => {
      stock.addEventListener('message', () => stock.send('40{"v":1}'));
      stock.addEventListener('close', () => resolve());
    });
    expect((await harness.client(gateway)).challenge).toHaveLength(32);
  });

  test('a frame of more than 64 KiB closes the connection', async () => {
    const client = await harness.client(await harness.gateway());
    client.socket.emit('signal', { bytes: new Uint8Array(70_000) });
    await client.gone();
  });
});

describe("an address's allowance", () => {
  test('too many handshakes in a minute are refused with the time to wait', async () => {
    const gateway = await harness.gateway({ handshakesPerMinute: 2 });
    await harness.client(gateway);
    await harness.client(gateway);
    const { data } = await refusal(gateway.port);
    expect(data).toMatchObject({ code: 'ERR_RATE', retryAfterMs: expect.any(Number) });
  });

  test('too many open connections are refused until one of them closes', async () => {
    const gateway = await harness.gateway({ maxConnectionsPerAddress: 1 });
    const first = await harness.client(gateway);
    expect((await refusal(gateway.port)).data).toMatchObject({ code: 'ERR_RATE' });
    first.close();
    await first.gone();
    await expect(harness.client(gateway)).resolves.toBeDefined();
  });

  test('X-Forwarded-For counts from trusted proxies only, and from the right', async () => {
    const limits = { maxConnectionsPerAddress: 1 };
    const direct = await harness.gateway(limits);
    await harness.client(direct, { headers: { 'X-Forwarded-For': '198.51.100.1' } });
    const spoofed = await refusal(direct.port, { headers: { 'X-Forwarded-For': '198.51.100.2' } });
    expect(spoofed.data).toMatchObject({ code: 'ERR_RATE' });

    const proxied = await harness.gateway({ ...limits, trustedProxies: ['127.0.0.0/8'] });
    await harness.client(proxied, { headers: { 'X-Forwarded-For': '203.0.113.9, 198.51.100.1' } });
    await harness.client(proxied, { headers: { 'X-Forwarded-For': '203.0.113.9, 198.51.100.2' } });
    const again = await refusal(proxied.port, {
      headers: { 'X-Forwarded-For': '203.0.113.8, 198.51.100.1' },
    });
    expect(again.data).toMatchObject({ code: 'ERR_RATE' });
  });
});
