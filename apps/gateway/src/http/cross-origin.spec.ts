import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { toBase64Url } from '@bytechat/protocol';
import { Harness } from '../testing/harness.ts';
import { random } from '../testing/person.ts';

const PAGE = 'https://chat.example';
const API = 'https://api.example:8443';
const harness = new Harness();
let webRoot = '';

beforeAll(() => {
  webRoot = mkdtempSync(join(tmpdir(), 'bytechat-page-'));
  writeFileSync(join(webRoot, 'index.html'), `<head><meta name="bytechat-api" content="${API}"/></head>`);
});
afterEach(() => harness.end());
afterAll(() => rmSync(webRoot, { recursive: true }));

const infoFrom = async (origin: string, allowedOrigins?: string[]): Promise<Headers> => {
  const { port } = await harness.gateway({ allowedOrigins });
  const url = `http://127.0.0.1:${port}/api/room/${toBase64Url(random(16))}/info`;
  return (await fetch(url, { headers: { origin } })).headers;
};

describe('a page from another origin', () => {
  test('may read the info of a room when its origin is listed, and the time to wait for', async () => {
    const headers = await infoFrom(PAGE, ['https://other.example', PAGE]);
    expect(headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(headers.get('vary')).toContain('Origin');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  test.each(['https://evil.example', 'null', 'https://chat.example.evil.example', 'http://chat.example'])(
    'may read nothing when it is %s',
    async (origin) => {
      const headers = await infoFrom(origin, [PAGE]);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('vary')).toContain('Origin');
    },
  );

  test('may read nothing where no origin is listed', async () => {
    expect((await infoFrom(PAGE)).get('access-control-allow-origin')).toBeNull();
  });
});

describe('a page that is built for a gateway of another origin', () => {
  test('comes with a policy that lets it talk to this gateway, over both protocols, and to no other', async () => {
    const { port } = await harness.gateway({ webRoot });
    const { headers } = await fetch(`http://127.0.0.1:${port}/`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split(';').find((directive) => directive.startsWith('connect-src'))).toBe(
      "connect-src 'self' https://api.example:8443 wss://api.example:8443",
    );
  });
});
