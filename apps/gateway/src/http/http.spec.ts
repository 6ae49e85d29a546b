import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { toBase64Url } from '@bytechat/protocol';
import { DEFAULT_STORE_LIMITS, MemoryRoomStore, type RoomState } from '@bytechat/rooms';
import type { GatewayConfig } from '@bytechat/config';
import type { Gateway, GatewayOptions } from '../gateway.ts';
import { Harness } from '../testing/harness.ts';
import { newRoom, random } from '../testing/person.ts';
import { accepted, createRequest } from '../testing/story.ts';
import { inlineHashes } from './inline-hashes.ts';
import { INFO_PER_MINUTE } from './room-info.controller.ts';

const harness = new Harness();
afterEach(() => harness.end());

const IMPORT_MAP = '{"imports":{}}';
const INDEX = `<!doctype html><html><head><script type="importmap">${IMPORT_MAP}</script></head><body><app-root></app-root><script src="main-AB12CD34.js" type="module"></script></body></html>`;
let webRoot = '';

beforeAll(() => {
  webRoot = mkdtempSync(join(tmpdir(), 'bytechat-web-'));
  writeFileSync(join(webRoot, 'index.html'), INDEX);
  writeFileSync(join(webRoot, 'main-AB12CD34.js'), 'export {};');
  writeFileSync(join(webRoot, 'favicon.svg'), '<svg/>');
  mkdirSync(join(webRoot, 'media'));
});
afterAll(() => rmSync(webRoot, { recursive: true }));

const serving = (
  config: Partial<GatewayConfig> = {},
  options: Omit<GatewayOptions, 'log'> = {},
): Promise<Gateway> => harness.gateway({ webRoot, ...config }, options);

const get = (gateway: Gateway, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${gateway.port}${path}`, { headers, redirect: 'manual' });

/** A store whose answers about rooms fail. */
class BrokenStore extends MemoryRoomStore {
  constructor() {
    super({ limits: DEFAULT_STORE_LIMITS });
  }

  override state(): Promise<RoomState | undefined> {
    return Promise.reject(new TypeError('canary-of-the-store'));
  }
}

const SAME_EVERYWHERE: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'integrity-policy': 'blocked-destinations=(script)',
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'sha256-",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default angular',
];

function expectSafe(response: Response): void {
  for (const [name, value] of Object.entries(SAME_EVERYWHERE)) expect(response.headers.get(name)).toBe(value);
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const directive of POLICY) expect(policy).toContain(directive);
  expect(policy).not.toContain('unsafe');
  expect(response.headers.get('permissions-policy')).toContain('microphone=()');
  expect(response.headers.get('x-powered-by')).toBeNull();
  expect(response.headers.get('server')).toBeNull();
}

describe('the security headers stand on', () => {
  const rid = toBase64Url(random(16));
  test.each([
    ['the page', '/', 200],
    ['a room', '/room/whatever', 200],
    ['a script', '/main-AB12CD34.js', 200],
    ['the info of a room', `/api/room/${rid}/info`, 200],
    ['a missing file', '/missing-AB12CD34.js', 404],
    ['a missing part of the API', '/api/nothing', 404],
    ['a path that is no path', '/api/room/%E0%A4%A/info', 400],
    ['a path out of the folder', '/..%2f..%2fpackage.json', 404],
    ['Socket.IO over another transport', '/socket.io/?EIO=4&transport=polling', 400],
  ])('%s', async (_, path, status) => {
    const response = await get(await serving(), path);
    expect(response.status).toBe(status);
    expectSafe(response);
  });

  test('a refusal by the allowance, which says how long to wait', async () => {
    const gateway = await serving();
    const path = `/api/room/${rid}/info`;
    const answers = await Promise.all(Array.from({ length: INFO_PER_MINUTE + 1 }, () => get(gateway, path)));
    const refused = answers.find(({ status }) => status === 429);
    if (refused === undefined) throw new Error('Nothing was refused.');
    expectSafe(refused);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toEqual({
      error: { code: 'ERR_RATE', message: expect.any(String), retryAfterMs: expect.any(Number) },
    });
  });

  test('an error of our own, which says nothing of its cause', async () => {
    const gateway = await serving({}, { store: new BrokenStore() });
    const response = await get(gateway, `/api/room/${rid}/info`);
    expect(response.status).toBe(500);
    expectSafe(response);
    expect(await response.json()).toEqual({ error: 'Something went wrong here.' });
    expect(harness.logLines.join('')).not.toContain('canary-of-the-store');
  });

  test('other methods', async () => {
    const gateway = await serving();
    const response = await fetch(`http://127.0.0.1:${gateway.port}/`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(404);
    expectSafe(response);
  });
});

describe('https is insisted on', () => {
  const HSTS = 'strict-transport-security';

  test('only when the browser came over it, as a trusted proxy tells', async () => {
    const trusting = await serving({ trustedProxies: ['127.0.0.1'] });
    const secure = await get(trusting, '/', { 'X-Forwarded-Proto': 'https' });
    expect(secure.headers.get(HSTS)).toMatch(/^max-age=63072000/);
    expect((await get(trusting, '/')).headers.get(HSTS)).toBeNull();
    const untrusting = await serving();
    expect((await get(untrusting, '/', { 'X-Forwarded-Proto': 'https' })).headers.get(HSTS)).toBeNull();
  });
});

describe('the web client', () => {
  test.each(['/', '/room', '/room/AAAA', '/room/a.b', '/verify', '/?x=1'])(
    '%s is its one page',
    async (path) => {
      const response = await get(await serving(), path);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('content-encoding')).toBeNull();
      expect(await response.text()).toBe(INDEX);
      const small = await get(await serving(), path, { 'Accept-Encoding': 'gzip, br' });
      expect(small.headers.get('content-encoding')).toBe('br');
      expect(small.headers.get('vary')).toContain('Accept-Encoding');
      expect(await small.text()).toBe(INDEX);
    },
  );

  test('files with a hash in their name are kept for good, others are asked for again', async () => {
    const gateway = await serving();
    const script = await get(gateway, '/main-AB12CD34.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await get(gateway, '/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  test('scripts and styles come in Brotli to who takes it, with the same headers and content', async () => {
    const gateway = await serving();
    const plain = await get(gateway, '/main-AB12CD34.js', { 'Accept-Encoding': 'identity' });
    const small = await get(gateway, '/main-AB12CD34.js', { 'Accept-Encoding': 'gzip, br' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(small.headers.get('content-encoding')).toBe('br');
    for (const name of ['content-type', 'cache-control', 'vary', 'content-security-policy'])
      expect([name, small.headers.get(name)]).toEqual([name, plain.headers.get(name)]);
    expect(await small.text()).toBe(await plain.text());
    const missing = await get(gateway, '/main-ZZZZZZZZ.js', { 'Accept-Encoding': 'br' });
    expect(missing.status).toBe(404);
    const head = { method: 'HEAD', headers: { 'Accept-Encoding': 'br' } };
    const answer = await fetch(`http://127.0.0.1:${gateway.port}/main-AB12CD34.js`, head);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  test('its inline import map may run, and nothing else inline', async () => {
    const policy = (await get(await serving(), '/')).headers.get('content-security-policy');
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(IMPORT_MAP));
    expect(policy).toContain(`script-src 'self' 'sha256-${Buffer.from(digest).toString('base64')}';`);
  });

  test('a browser gets a small page for what is not there, a program JSON', async () => {
    const gateway = await serving();
    const browser = await get(gateway, '/missing.png', { Accept: 'text/html' });
    expect(browser.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await browser.text()).toContain('There is nothing here.');
    expect(await (await get(gateway, '/missing.png')).json()).toEqual({ error: 'There is nothing here.' });
  });

  test('without a folder of it there is only the API', async () => {
    const gateway = await harness.gateway();
    const response = await get(gateway, '/');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'There is nothing here.' });
  });
});

describe('inline hashes', () => {
  test('count inline scripts and styles once each, and no script with a source', () => {
    const html =
      '<style>a{}</style><style>a{}</style><script src="x.js">ignored</script><script>1</script><script></script>';
    const { scripts, styles } = inlineHashes(html);
    expect(scripts).toEqual(["'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"]);
    expect(styles).toHaveLength(1);
  });
});

describe('what can be known of a room before joining it', () => {
  test('its size and options; unknown and malformed rids get the same shape', async () => {
    const gateway = await serving();
    const room = newRoom();
    const client = await harness.client(gateway);
    accepted(await client.emit('join_room', createRequest(room)));
    const info = async (rid: string): Promise<Record<string, unknown>> => {
      const response = await get(gateway, `/api/room/${rid}/info`);
      expect(response.headers.get('cache-control')).toBe('no-store');
      return (await response.json()) as Record<string, unknown>;
    };
    const known = await info(toBase64Url(room.rid));
    expect(known).toMatchObject({ exists: true, capacity: 100, password: false, suite: 2, ttl_s: 3600 });
    const unknown = await info(toBase64Url(random(16)));
    expect(unknown).toMatchObject({ exists: false, members: 0 });
    expect(Object.keys(unknown)).toEqual(Object.keys(known));
    for (const malformed of ['AAAA', '!!!', 'A'.repeat(500), '__proto__'])
      expect(await info(malformed)).toEqual(unknown);
  });
});

describe('the internal server', () => {
  const ask = async (gateway: Gateway, path: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`http://127.0.0.1:${gateway.internalPort}${path}`);
    return { status: response.status, body: await response.json() };
  };

  test('tells that it lives, that it is ready and what it is, and the public one does not', async () => {
    const gateway = await harness.gateway();
    expect(await ask(gateway, '/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask(gateway, '/readyz')).toEqual({ status: 200, body: { ready: true, reasons: [] } });
    expect(await ask(gateway, '/version')).toMatchObject({ status: 200, body: { protocol: 1 } });
    expect((await ask(gateway, '/else')).status).toBe(404);
    expect((await get(gateway, '/readyz')).status).toBe(404);
  });

  test('is not ready while the store is away, alive all the same, and ready again when it is back', async () => {
    let isAway = true;
    class MoodyStore extends MemoryRoomStore {
      override ping(): Promise<void> {
        return isAway ? Promise.reject(new Error('away')) : Promise.resolve();
      }
    }
    const store = new MoodyStore({ limits: DEFAULT_STORE_LIMITS });
    const gateway = await harness.gateway({}, { store, timings: { storePingMs: 10 } });
    const until = async (status: number): Promise<unknown> => {
      for (;;) {
        const answer = await ask(gateway, '/readyz');
        if (answer.status === status) return answer.body;
      }
    };
    expect(await until(503)).toEqual({ ready: false, reasons: ['store'] });
    expect((await ask(gateway, '/healthz')).status).toBe(200);
    isAway = false;
    expect(await until(200)).toEqual({ ready: true, reasons: [] });
  });
});
