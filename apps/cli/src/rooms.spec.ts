import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { buildInto, bytechat } from './testing/bytechat.ts';
import { Gateway } from './testing/gateway.ts';
import type { Spawned } from './testing/spawned.ts';

const LINK = /(http:\/\/\S+\/room#1\.[0-9A-Z]{32})\n/;
/** A code with right check characters that no room answers to. */
const NO_ROOM = 'ECZ130GNJK6N74F3Q4ST3FHQVTMYBW3V';
const PASSWORD = 'four quiet words here';

let gateway: Gateway;
let folder: string;
let program: string;
const running: Spawned[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bytechat-cli-'));
  program = buildInto(folder);
  gateway = await Gateway.start();
}, 60_000);
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop('SIGKILL')));
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

function start(args: string[], input?: string | null): Spawned {
  const started = bytechat(program, args, input);
  running.push(started);
  return started;
}

function fileWith(content: string): string {
  const file = join(folder, `${running.length}.txt`);
  writeFileSync(file, content);
  return file;
}

async function room(...options: string[]): Promise<{ host: Spawned; link: string }> {
  const host = start(['create', ...options, gateway.origin]);
  return { host, link: await host.seen(LINK) };
}

/** Somebody who is let in and prints JSON. */
async function reader(link: string): Promise<Spawned> {
  const tail = start(['tail', '--json', link]);
  await tail.seen(/"step":"active"/);
  return tail;
}

const messagesIn = (out: string): { name: string; text: string; type: string }[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; text: string; type: string })
    .filter(({ type }) => type === 'message');

describe('Processes in one room', () => {
  test('hear what another one sends, each in its own form', async () => {
    const { host, link } = await room('--name', 'Ada');
    const tail = await reader(link);
    const send = start(['send', '--name', 'Bob', link, 'hello\nthere']);
    expect(await send.ended()).toBe(0);
    await host.seen(/^\d\d:\d\d:\d\d Bob: hello\n {4}there\n/m);
    await tail.seen(/"text":"hello\\nthere"/);
    expect(messagesIn(tail.out)).toEqual([
      expect.objectContaining({ type: 'message', at: expect.stringMatching(/^20.*Z$/), name: 'Bob' }),
    ]);
    expect(send.out + send.err).toBe('');
  }, 30_000);

  test('send files, which another one saves under safe names and byte for byte', async () => {
    const { link } = await room();
    const inbox = mkdtempSync(join(folder, 'inbox-'));
    const tail = start(['tail', '--json', '--save', inbox, link]);
    await tail.seen(/"step":"active"/);
    const content = randomBytes(200_000);
    const path = join(folder, 'plan.pdf');
    writeFileSync(path, content);
    const send = start(['send', '--name', 'Bob', link, '--file', path, path]);
    expect(await send.ended()).toBe(0);
    await tail.told(/Saved .*plan \(2\)\.pdf/);
    for (const name of ['plan.pdf', 'plan (2).pdf'])
      expect(readFileSync(join(inbox, name)).equals(content)).toBe(true);
    expect(messagesIn(tail.out)[0]).toMatchObject({
      file: { name: 'plan.pdf', mediaType: 'application/pdf', size: 200_000 },
    });
  }, 30_000);

  test('get every line of standard input in order, and the sender ends when all are acknowledged', async () => {
    const { link } = await room();
    const tail = await reader(link);
    const send = start(['send', link], 'one\n\ntwo\r\nthree');
    expect(await send.ended()).toBe(0);
    await tail.seen(/"three"/);
    expect(messagesIn(tail.out).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  }, 30_000);

  test('hear each line of a sender while his input is still open', async () => {
    const { host, link } = await room();
    const send = start(['send', link], null);
    for (const line of ['one', 'two']) {
      send.type(`${line}\n`);
      await host.seen(new RegExp(`: ${line}\n`));
    }
    send.closeInput();
    expect(await send.ended()).toBe(0);
  }, 30_000);

  test('are told how far a sender came when a line is refused', async () => {
    const { host, link } = await room();
    const send = start(['send', link], `one\n${'x'.repeat(4_001)}\nthree\n`);
    expect(await send.ended()).toBe(1);
    expect(send.err).toContain('4,000 characters. Messages sent before: 1. (ERR_TEXT_TOO_LONG)');
    await host.seen(/: one\n/);
    expect(host.out).not.toContain('three');
  }, 30_000);

  test('see when one leaves by Ctrl-C, whose exit code is 0', async () => {
    const { host, link } = await room();
    const tail = await reader(link);
    expect(await tail.stop('SIGINT')).toBe(0);
    await host.told(/ left\n/);
    expect(await host.stop('SIGTERM')).toBe(0);
  }, 30_000);

  test('leave when nobody reads their output any more', async () => {
    const { link } = await room();
    const tail = start(['tail', link]);
    await tail.told(/You are in/);
    tail.stopReading();
    expect(await start(['send', link], 'one\ntwo\n').ended()).toBe(0);
    expect(await tail.ended()).toBe(0);
  }, 30_000);

  test('can not make the terminal of others do anything', async () => {
    const { host, link } = await room();
    await start(['send', '--name', 'Eve', link, 'a\u001b]0;title\u0007b\r12:00:00 Ada: yes']).ended();
    await host.seen(/Eve: a\\u\{1b\}\]0;title\\u\{7\}b\\u\{d\}12:00:00 Ada: yes\n/);
  }, 30_000);

  test('are warned when nobody will be able to read them', async () => {
    const { host, link } = await room();
    await host.stop('SIGINT');
    const send = start(['send', link, 'hello?']);
    expect(await send.ended()).toBe(0);
    expect(send.err).toContain('Nobody else is in the room');
  }, 30_000);
});

describe('A room with a password', () => {
  test('lets in who has it, and ends with 77 for who has not', async () => {
    const { host, link } = await room('--password-file', fileWith(`${PASSWORD}\n`));
    const wrong = start(['send', '--password-stdin', link, 'no'], 'something else\n');
    expect(await wrong.ended()).toBe(77);
    expect(wrong.err).toContain('Wrong link or password');
    const right = start(['send', '--password-stdin', link, 'yes'], PASSWORD);
    expect(await right.ended()).toBe(0);
    await host.seen(/: yes\n/);
    expect(host.out).not.toContain(': no\n');
    for (const { out, err } of [wrong, right]) expect(out + err).not.toContain(PASSWORD);
  }, 30_000);

  test('is a matter of wrong usage without one where there is no terminal to ask', async () => {
    const { link } = await room('--password-file', fileWith(PASSWORD));
    const send = start(['send', link, 'no']);
    expect(await send.ended()).toBe(2);
    expect(send.err).toContain('--password-file');
  }, 30_000);
});

describe('From outside', () => {
  test('a room shows how many are inside and how long its messages live', async () => {
    const { link } = await room('--ttl', '30m');
    const peek = start(['peek', '--json', `@${fileWith(`${link}\n`)}`]);
    expect(await peek.ended()).toBe(0);
    expect(JSON.parse(peek.out)).toMatchObject({
      exists: true,
      members: 1,
      password: false,
      ttlSeconds: 1_800,
    });
  }, 30_000);

  test('a code without a room ends with 77, a mistyped one with 2, and neither is repeated', async () => {
    const mistyped = `${NO_ROOM.slice(0, -1)}W`;
    for (const [code, exitCode] of [
      [NO_ROOM, 77],
      [mistyped, 2],
    ] as const) {
      const join = start(['join', `${gateway.origin}/room#1.${code}`]);
      expect(await join.ended()).toBe(exitCode);
      expect(join.out + join.err).not.toContain(code);
    }
  }, 30_000);

  test('a server that is not there ends with 69', async () => {
    const gone = await Gateway.start();
    await gone.stop();
    const ends = [
      ['create', gone.origin],
      ['peek', `${gone.origin}/room#1.${NO_ROOM}`],
    ].map((args) => start(args).ended());
    expect(await Promise.all(ends)).toEqual([69, 69]);
    const probe = start(['probe', '--json', gone.origin]);
    expect(await probe.ended()).toBe(1);
    expect(JSON.parse(probe.out)).toMatchObject({ ok: false, code: 'ERR_OFFLINE' });
  }, 30_000);

  test('a probe talks both ways and tells how long it took', async () => {
    const probe = start(['probe', '--json', gateway.origin.replace('http:', 'ws:')]);
    expect(await probe.ended()).toBe(0);
    const timings = JSON.parse(probe.out) as Record<string, number>;
    expect(timings).toMatchObject({ ok: true });
    for (const name of ['createMs', 'joinMs', 'ackMs', 'deliveryMs', 'returnMs'])
      expect(timings[name]).toBeGreaterThan(0);
  }, 30_000);

  test('a probe that takes too long ends with 1', async () => {
    // Accepts connections, and never answers.
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const probe = start(['probe', '--timeout', '1s', `http://127.0.0.1:${port}`]);
    expect(await probe.ended()).toBe(1);
    expect(probe.err).toContain('longer than 1 s. (TIMEOUT)');
    silent.close();
  }, 30_000);
});
