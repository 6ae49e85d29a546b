import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runHere } from '../testing/fake-io.ts';
import { parseManifest } from './manifest.ts';

let folder: string;
let site: string;
let manifestFile: string;
let server: Server;
let origin: string;
/** What the server was asked for, and how. */
let asked: { url: string; headers: IncomingHttpHeaders }[];
/** Answers other than the file, by path. */
let instead: Map<string, { status?: number; body?: Buffer }>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bytechat-verify-'));
  site = join(folder, 'site');
  manifestFile = join(folder, 'manifest.json');
  mkdirSync(join(site, 'media'), { recursive: true });
  writeFileSync(join(site, 'main.js'), 'console.log(1);\n');
  writeFileSync(join(site, 'index.html'), '<!doctype html><title>ByteChat</title>');
  writeFileSync(join(site, 'media', 'a b.woff2'), Buffer.from([0, 1, 2, 255]));
  asked = [];
  instead = new Map();
  server = createServer((request, response) => {
    const url = request.url ?? '/';
    asked.push({ url, headers: request.headers });
    const path = url === '/' || url === '/room' ? '/index.html' : decodeURIComponent(url);
    const { status = 200, body } = instead.get(url) ?? {};
    response.writeHead(status, { 'content-encoding': 'gzip' });
    response.end(gzipSync(body ?? readFileSync(join(site, path))));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await runHere(['manifest', site, '--output', manifestFile]);
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

const verify = () => runHere(['verify', origin, '--manifest', manifestFile]);

describe('verify', () => {
  test('ends with 0 when every file, the start page and the page of invite links are what they should be', async () => {
    expect(await verify()).toMatchObject({ code: 0, out: 'All 5 addresses serve what the manifest says.\n' });
    expect(asked.map(({ url }) => url).sort()).toEqual([
      '/',
      '/index.html',
      '/main.js',
      '/media/a%20b.woff2',
      '/room',
    ]);
  });

  test('finds one flipped byte and ends with 1', async () => {
    const body = readFileSync(join(site, 'main.js'));
    body[3]! ^= 1;
    instead.set('/main.js', { body });
    expect(await verify()).toEqual({
      code: 1,
      out: 'main.js: different\n',
      err: 'bytechat: 1 of 5 addresses differ from the manifest.\n',
    });
  });

  test.each(['/', '/room'])('finds another page at %s, though the file index.html is right', async (path) => {
    instead.set(path, { body: Buffer.from('<script src="other.js"></script>') });
    expect(await verify()).toMatchObject({ code: 1, out: `${path === '/' ? '/' : 'room'}: different\n` });
  });

  test('finds what is not served, or served from elsewhere', async () => {
    instead.set('/main.js', { status: 404 });
    instead.set('/media/a%20b.woff2', { status: 302 });
    expect(await verify()).toMatchObject({
      code: 1,
      out: 'main.js: not served (answer 404)\nmedia/a b.woff2: not served (answer 302)\n',
    });
  });

  test('ends with 2 when the server fails or is not there', async () => {
    instead.set('/main.js', { status: 503 });
    expect(await verify()).toMatchObject({ code: 2, err: expect.stringContaining('answer 503') });
    server.close();
    server.closeAllConnections();
    expect(await verify()).toMatchObject({ code: 2, err: expect.stringContaining('ECONNREFUSED') });
  });

  test('asks as a browser does', async () => {
    await verify();
    const headersOf = (url: string) => asked.find((each) => each.url === url)?.headers;
    expect(headersOf('/')).toMatchObject({
      'user-agent': expect.stringMatching(/^Mozilla\/5\.0 /),
      'sec-fetch-mode': 'navigate',
      accept: expect.stringContaining('text/html'),
    });
    expect(headersOf('/main.js')).toMatchObject({ 'sec-fetch-dest': 'script', accept: '*/*' });
    expect(JSON.stringify(asked)).not.toMatch(/node|undici|bytechat/i);
  });

  test.each([
    ['no JSON', '{'],
    ['no files', '{"files":{}}'],
    ['a hash of another length', '{"files":{"a":"sha256-AAAA"}}'],
    ['a path out of the site', `{"files":{"../a":"${'A'.repeat(43)}="}}`],
    ['a path to another site', `{"files":{"//evil.example/a":"${'A'.repeat(43)}="}}`],
  ])('takes no manifest with %s', async (_what, content) => {
    writeFileSync(manifestFile, content);
    expect(await verify()).toMatchObject({ code: 2, err: expect.stringContaining('no manifest') });
    expect(asked).toEqual([]);
  });

  test('takes hashes with and without their prefix for the same', () => {
    const hash = `${'A'.repeat(43)}=`;
    const read = (integrity: string) => parseManifest(JSON.stringify({ files: { a: integrity } }));
    expect(read(hash)).toEqual(read(`sha256-${hash}`));
  });
});

describe('manifest', () => {
  test('lists every file sorted, with the hash that an integrity attribute has', async () => {
    const { out } = await runHere(['manifest', site]);
    const { files } = JSON.parse(out) as { files: Record<string, string> };
    expect(Object.keys(files)).toEqual(['index.html', 'main.js', 'media/a b.woff2']);
    const hash = createHash('sha256').update('console.log(1);\n').digest('base64');
    expect(files['main.js']).toBe(`sha256-${hash}`);
  });

  test('is the same for a copy of the folder, and when it lies in the folder itself', async () => {
    const copy = join(folder, 'copy');
    cpSync(site, copy, { recursive: true });
    const inside = join(copy, 'manifest.json');
    const args = ['manifest', copy, '--output', inside];
    expect([(await runHere(args)).code, (await runHere(args)).code]).toEqual([0, 0]);
    expect(readFileSync(inside, 'utf8')).toBe(readFileSync(manifestFile, 'utf8'));
  });

  test('refuses what is no file, and a folder that is not there', async () => {
    symlinkSync('/etc/hosts', join(site, 'link'));
    expect(await runHere(['manifest', site])).toMatchObject({ code: 1, out: '' });
    expect(await runHere(['manifest', join(folder, 'gone')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('ENOENT'),
    });
  });
});
