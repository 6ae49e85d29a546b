import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runHere } from '../testing/fake-io.ts';

let folder: string;
let server: Server;
let origin: string;
const inSite = (name: string): string => join(folder, 'site', name);
const keyFile = (name: string): string => join(folder, name);

/** Writes a pair of keys as OpenSSL would. */
function makeKeys(name: string, type: 'ed25519' | 'x25519' = 'ed25519'): void {
  const pem = { privateKeyEncoding: { type: 'pkcs8', format: 'pem' } } as const;
  const { privateKey, publicKey } = generateKeyPairSync(type as 'ed25519', {
    ...pem,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSync(keyFile(`${name}.key`), privateKey);
  writeFileSync(keyFile(`${name}.pub`), publicKey);
}

const sign = (key = 'ours.key') =>
  runHere(['manifest', inSite(''), '--output', inSite('manifest.json'), '--key', keyFile(key)]);
const verify = (...more: string[]) =>
  runHere(['verify', origin, '--public-key', keyFile('ours.pub'), ...more]);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bytechat-signed-'));
  makeKeys('ours');
  makeKeys('theirs');
  mkdirSync(inSite(''));
  writeFileSync(inSite('main.js'), 'console.log(1);\n');
  writeFileSync(inSite('index.html'), '<!doctype html><title>ByteChat</title>');
  server = createServer((request, response) => {
    const path = request.url === '/' || request.url === '/room' ? '/index.html' : (request.url ?? '/');
    try {
      response.end(readFileSync(inSite(path)));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

describe('A signed manifest', () => {
  test('that the server itself serves is enough, with the key of who signed it', async () => {
    expect(await sign()).toEqual({ code: 0, out: '', err: '' });
    expect(await verify()).toEqual({
      code: 0,
      out: 'All 4 addresses serve what the manifest says.\n',
      err: '',
    });
  });

  test('names neither itself nor its signature, and signing again changes nothing', async () => {
    await sign();
    const [text, signature] = [
      readFileSync(inSite('manifest.json'), 'utf8'),
      readFileSync(inSite('manifest.json.sig'), 'utf8'),
    ];
    expect(Object.keys((JSON.parse(text) as { files: object }).files)).toEqual(['index.html', 'main.js']);
    await sign();
    expect(readFileSync(inSite('manifest.json'), 'utf8')).toBe(text);
    expect(readFileSync(inSite('manifest.json.sig'), 'utf8')).toBe(signature);
    expect((await runHere(['manifest', inSite('')])).out).toBe(text);
  });

  test('covers what was changed after it', async () => {
    await sign();
    appendFileSync(inSite('main.js'), ' ');
    expect(await verify()).toMatchObject({ code: 1, out: 'main.js: different\n' });
  });

  test.each<[string, () => unknown]>([
    ['was changed', () => appendFileSync(inSite('manifest.json'), ' ')],
    ['is of another key', () => sign('theirs.key')],
    ['has a signature that is none', () => writeFileSync(inSite('manifest.json.sig'), 'AAAA\n')],
  ])('is refused when it %s', async (_what, change) => {
    await sign();
    await change();
    expect(await verify()).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('not signed with this key'),
    });
  });

  test.each(['manifest.json', 'manifest.json.sig'])('is missed when %s is not served', async (name) => {
    await sign();
    rmSync(inSite(name));
    expect(await verify()).toMatchObject({ code: 1, err: expect.stringContaining('no signed manifest') });
  });

  test('may be a file as well, with its signature beside it', async () => {
    await sign();
    const file = join(folder, 'manifest.json');
    writeFileSync(file, readFileSync(inSite('manifest.json')));
    expect(await verify('--manifest', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining("signature can't be read"),
    });
    writeFileSync(`${file}.sig`, readFileSync(inSite('manifest.json.sig')));
    expect(await verify('--manifest', file)).toMatchObject({ code: 0 });
    writeFileSync(file, readFileSync(file, 'utf8').replace('main.js', 'mine.js'));
    expect(await verify('--manifest', file)).toMatchObject({ code: 1 });
  });
});

describe('Keys', () => {
  test('of another kind, or the other half, are refused in words', async () => {
    makeKeys('other', 'x25519');
    for (const name of ['other.key', 'ours.pub'])
      expect(await sign(name)).toMatchObject({ code: 2, err: expect.stringContaining('Ed25519') });
    await sign();
    for (const name of ['other.pub', 'ours.key'])
      expect(await runHere(['verify', origin, '--public-key', keyFile(name)])).toMatchObject({
        code: 2,
        err: expect.stringContaining('Ed25519'),
      });
  });

  test('are asked for: without one, and without a manifest of one’s own, there is nothing to trust', async () => {
    await sign();
    expect(await runHere(['verify', origin])).toMatchObject({
      code: 2,
      err: expect.stringContaining('trust'),
    });
  });

  test('sign nothing that has no place to stand', async () => {
    const args = ['manifest', inSite(''), '--key', keyFile('ours.key')];
    expect(await runHere(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--output') });
  });
});
