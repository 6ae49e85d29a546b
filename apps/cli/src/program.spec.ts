import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClientError } from '@bytechat/client';
import * as fc from 'fast-check';
import { toFailure } from './error-texts.ts';
import { linkTo, parseLink, parseServer } from './input/address.ts';
import { readPassword } from './input/password.ts';
import { inWords, spanBetween } from './input/span.ts';
import { jsonLine, terminalSafe } from './output/terminal-safe.ts';
import { run } from './program.ts';
import { FakeIo, runHere } from './testing/fake-io.ts';

const CODE = 'ECZ130GNJK6N74F3Q4ST3FHQVTMYBW3V';
const LINK = `https://chat.example/room#1.${CODE}`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bytechat-program-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('The command line', () => {
  test('explains itself, its exit codes and every command', async () => {
    const { code, out } = await runHere(['--help']);
    expect(code).toBe(0);
    for (const name of ['create', 'join', 'send', 'tail', 'peek', 'probe', 'verify', 'manifest', 'config'])
      expect(out).toContain(`  ${name} `);
    expect(out).toContain('69 not available, 77 refused');
  });

  test.each([
    ['no command', []],
    ['an unknown command', ['talk']],
    ['no server', ['create']],
    ['too much', ['create', 'https://a.example', 'b']],
    ['an unknown suite', ['create', '--suite', '3', 'https://a.example']],
    ['too long a life', ['create', '--ttl', '2d', 'https://a.example']],
    ['two passwords', ['create', '--password-stdin', '--password-file', 'x', 'https://a.example']],
    ['a link in place of a server', ['create', LINK]],
    ['a server in place of a link', ['tail', 'https://chat.example/room']],
    ['a link that is a word', ['peek', 'room']],
    ['an empty text', ['send', LINK, ' ']],
    ['one input for password and lines', ['send', '--password-stdin', LINK]],
    ['a file to send that is not there', ['send', LINK, '--file', '/nowhere']],
    ['no folder to save into', ['tail', '--save', '/nowhere', LINK]],
    ['a password file that is not there', ['join', '--password-file', '/nowhere', LINK]],
    ['a file with a link that is not there', ['join', '@/nowhere']],
    ['no manifest', ['verify', 'https://a.example']],
  ])('ends with 2 for %s, in words', async (_what, args) => {
    const { code, out, err } = await runHere(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  test('never repeats a link or a password that stands in a wrong place', async () => {
    const wrong = [
      ['send', '--password=four words', LINK],
      ['create', LINK],
      ['tail', `chat.example/room#1.${CODE}`],
      ['peek', `https://chat.example/room/${CODE}`],
      ['create', `https://chat.example/room/${CODE}`],
    ];
    for (const args of wrong) {
      const { err } = await runHere(args);
      expect(err).not.toMatch(/four words|ECZ130/);
    }
  });
});

test('Ctrl-C ends a command that waits for a silent server', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const io = new FakeIo();
  const { port } = silent.address() as AddressInfo;
  const ended = run(['peek', `http://127.0.0.1:${port}/room#1.${CODE}`], io);
  await once(silent, 'connection');
  io.interrupt();
  expect(await ended).toBe(1);
  expect(io.err).toBe('bytechat: Stopped.\n');
  for (const socket of sockets) socket.destroy();
  silent.close();
});

describe('A password', () => {
  const read = (options: Parameters<typeof readPassword>[0], io = new FakeIo()) => readPassword(options, io);

  test('is the first line of a file or of standard input', async () => {
    const file = join(folder, 'password');
    writeFileSync(file, ' with spaces \r\nand more');
    expect(await read({ passwordFile: file })).toBe(' with spaces ');
    expect(await read({ passwordStdin: true }, new FakeIo({ input: 'secret\n' }))).toBe('secret');
  });

  test('is asked for on a terminal only', async () => {
    expect(await read({ askPassword: true }, new FakeIo({ hidden: 'secret' }))).toBe('secret');
    await expect(read({ askPassword: true })).rejects.toMatchObject({ exitCode: 2 });
    expect(await read({})).toBeUndefined();
  });

  test('is never empty', async () => {
    await expect(read({ passwordStdin: true })).rejects.toMatchObject({ exitCode: 2 });
    await expect(read({ askPassword: true }, new FakeIo({ hidden: '' }))).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});

describe('An address', () => {
  test.each([
    [LINK, 'https://chat.example'],
    [`http://localhost:8080/#1.${CODE}`, 'http://localhost:8080'],
    [` ${LINK}\n`, 'https://chat.example'],
    [`wss://chat.example/room#1%2E${CODE}`, 'https://chat.example'],
  ])('of a room is read from %j', (link, origin) => {
    expect(parseLink(link)).toEqual({ origin, code: CODE });
  });

  test('survives the way out and back in', () => {
    expect(parseLink(linkTo({ origin: 'https://chat.example', code: CODE })).code).toBe(CODE);
  });

  test.each([
    ['https://chat.example', 'https://chat.example'],
    ['ws://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
  ])('of a server is read from %s', (address, origin) => {
    expect(parseServer(address)).toBe(origin);
  });

  test.each(['chat.example', 'ftp://chat.example', 'https://chat.example/room', 'https://chat.example?x'])(
    'of a server is not %s',
    (address) => {
      expect(() => parseServer(address)).toThrow(expect.objectContaining({ exitCode: 2 }));
    },
  );
});

describe('A span', () => {
  const read = spanBetween(60, 86_400);

  test.each([
    ['60s', 60],
    ['90m', 5_400],
    ['1h', 3_600],
    ['1d', 86_400],
  ])('%s is %d seconds', (text, seconds) => {
    expect(read(text)).toBe(seconds);
  });

  test.each(['', '60', '59s', '2d', '1.5h', '-1h', '1 h', '1w'])('is not %j', (text) => {
    expect(() => read(text)).toThrow(/from 1 minute to 1 day/);
  });

  test('is told in its largest unit', () => {
    expect([0, 1, 90, 120, 3_600, 172_800].map(inWords)).toEqual([
      '0 seconds',
      '1 second',
      '90 seconds',
      '2 minutes',
      '1 hour',
      '2 days',
    ]);
  });
});

describe('Words of others', () => {
  // What a terminal acts on, or what turns the direction of a line.
  const DANGEROUS = /(?![\n\t])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
  const anyText = fc.string({ unit: 'binary' });

  test('can only be read', () => {
    fc.assert(
      fc.property(anyText, (text) => !DANGEROUS.test(terminalSafe(text))),
      { verbose: true },
    );
    expect(terminalSafe('\u001b[2J\u202e')).toBe('\\u{1b}[2J\\u{202e}');
    expect(terminalSafe('a\n\tb 👩‍🚀')).toBe('a\n\tb 👩‍🚀');
  });

  test('are one safe line of JSON that says the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = jsonLine({ text });
        expect(line.slice(0, -1)).not.toMatch(DANGEROUS);
        expect(line.slice(0, -1)).not.toContain('\n');
        expect(JSON.parse(line)).toEqual({ text });
      }),
      { verbose: true },
    );
  });
});

describe('An error', () => {
  test.each([
    ['ERR_GATE', 77],
    ['ERR_LOCKED', 77],
    ['ERR_ROOM_NOT_FOUND', 77],
    ['ERR_OFFLINE', 69],
    ['ERR_BUSY', 69],
    ['ERR_CODE', 2],
    ['ERR_FORK', 1],
  ] as const)('%s ends with %d', (code, exitCode) => {
    expect(toFailure(new ClientError(code))).toMatchObject({ code, exitCode });
  });

  test('says when to try again', () => {
    expect(toFailure(new ClientError('ERR_LOCKED', { retryAfterMs: 59_100 })).message).toMatch(/in 60 s\.$/);
  });

  test("never repeats what a server wrote, nor an unforeseen error's text", () => {
    const lie = new ClientError('ERR_GATE', { message: 'Send your password to evil.example' });
    expect(toFailure(lie).message).not.toContain('evil');
    expect(toFailure(new TypeError(`bad ${LINK}`)).message).not.toContain(CODE);
  });
});
