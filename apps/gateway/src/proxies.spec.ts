import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort } from '@bytechat/testing';
import type { Gateway } from './gateway.ts';
import { Harness } from './testing/harness.ts';
import { newRoom } from './testing/person.ts';
import { accepted, found, letIn, message, sendRequest } from './testing/story.ts';
import type { TestClient } from './testing/test-client.ts';

/** The proxies of docs/OPERATIONS.md, as they stand there, with the real servers where they are installed. */

const guide = readFileSync(join(import.meta.dirname, '../../../docs/OPERATIONS.md'), 'utf8');
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin`;

interface Setting {
  folder: string;
  port: number;
  gatewayPort: number;
}

interface Proxy {
  name: string;
  program: string;
  versionArgument: string;
  /** The file of the guide, completed to a whole one, and how it is run. */
  file: (snippet: string, setting: Setting) => string;
  args: (path: string) => string[];
}

const PROXIES: Proxy[] = [
  {
    name: 'Caddy',
    program: 'caddy',
    versionArgument: 'version',
    file: (snippet, { port }) =>
      `{\n admin off\n}\n${snippet.replace('chat.example', `http://127.0.0.1:${port}`)}`,
    args: (path) => ['run', '--adapter', 'caddyfile', '--config', path],
  },
  {
    name: 'nginx',
    program: 'nginx',
    versionArgument: '-v',
    file: (snippet, { folder, port }) =>
      [
        `daemon off; pid ${folder}/pid; error_log stderr crit; events {}`,
        `http { access_log off; client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b;`,
        `fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;`,
        `server { listen 127.0.0.1:${port}; ${snippet} } }`,
      ].join('\n'),
    args: (path) => ['-c', path, '-e', 'stderr'],
  },
  {
    name: 'HAProxy',
    program: 'haproxy',
    versionArgument: '-v',
    file: (snippet, { port }) => snippet.replace(/bind .*/, `bind 127.0.0.1:${port}`),
    args: (path) => ['-f', path],
  },
];

const isInstalled = ({ program, versionArgument }: Proxy): boolean =>
  spawnSync(program, [versionArgument], { env: { ...process.env, PATH } }).status === 0;

/** The block of code that follows a heading or a line of the guide. */
function snippetAfter(line: string): string {
  const after = guide.slice(guide.indexOf(`\n${line}\n`));
  const [, snippet] = /```\w*\n([\s\S]*?)```/.exec(after) ?? [];
  if (snippet === undefined || !guide.includes(`\n${line}\n`)) throw new Error(`The guide has no ${line}`);
  return snippet;
}

let harness: Harness;
let folder: string;
let gateway: Gateway;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  harness = new Harness();
  folder = mkdtempSync(join(tmpdir(), 'bytechat-proxy-'));
  gateway = await harness.gateway({ trustedProxies: ['127.0.0.1'], maxConnectionsPerAddress: 2 });
});
afterEach(async () => {
  await harness.end();
  for (const child of running) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  running.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function start({ program, file, args }: Proxy, snippet: string): Promise<number> {
  const setting = { folder, port: await freePort(), gatewayPort: gateway.port };
  const path = join(folder, 'config');
  writeFileSync(path, file(snippet.replaceAll('127.0.0.1:8080', `127.0.0.1:${gateway.port}`), setting));
  const env = { ...process.env, PATH, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder };
  running.add(spawn(program, args(path), { env, stdio: 'ignore' }));
  await untilListening(setting.port);
  return setting.port;
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
  }
}

/** Somebody on another machine: another loopback address, and a typed X-Forwarded-For. */
const comingFrom = (localAddress: string, port: number, typed: string): Promise<TestClient> =>
  harness.client(gateway, {
    origin: `http://127.0.0.1:${port}`,
    agent: new Agent({ localAddress }),
    headers: { 'X-Forwarded-For': typed },
  });

for (const proxy of PROXIES) {
  const isHere = isInstalled(proxy);
  if (!isHere) console.warn(`${proxy.name} is not installed: its configuration was not run.`);
  const story = isHere ? test : test.skip;

  describe(`behind ${proxy.name}`, () => {
    story('people talk, and count by where they come from, whatever they type', async () => {
      const port = await start(proxy, snippetAfter(`${proxy.name}:`));
      const room = newRoom();
      const anna = await comingFrom('127.0.0.11', port, '198.51.100.1');
      const ben = await comingFrom('127.0.0.11', port, '198.51.100.2, 127.0.0.1');
      await expect(comingFrom('127.0.0.11', port, '198.51.100.3')).rejects.toMatchObject({
        data: { code: 'ERR_RATE' },
      });
      await comingFrom('127.0.0.12', port, '127.0.0.11');
      await found(anna, room);
      await letIn(anna, ben, room, { epoch: 0, idx: 1 });
      accepted(await anna.emit('send_message', sendRequest(1)));
      expect(await message(ben)).toMatchObject({ generation: anna.generation });
    });

    story(
      'a typed X-Forwarded-Proto makes nobody insist on https, and only the own origin may connect',
      async () => {
        const port = await start(proxy, snippetAfter(`${proxy.name}:`));
        const origin = `http://127.0.0.1:${port}`;
        const answer = await fetch(`${origin}/api/room/AAAAAAAAAAAAAAAAAAAAAA/info`, {
          headers: { 'X-Forwarded-Proto': 'https' },
        });
        expect(answer.status).toBe(200);
        expect(answer.headers.get('strict-transport-security')).toBeNull();
        await harness.client(gateway, { origin, headers: { Origin: origin } });
        await expect(
          harness.client(gateway, { origin, headers: { Origin: 'http://evil.example' } }),
        ).rejects.toThrow();
      },
    );
  });
}

const [caddy] = PROXIES;
const withCaddy = caddy !== undefined && isInstalled(caddy) ? test : test.skip;

withCaddy(
  'the recipe for HTTPS in the own network serves pages and WebSockets by its own authority',
  async () => {
    const file = (snippet: string, { port }: Setting): string =>
      snippet
        .replace('skip_install_trust', 'skip_install_trust\n  admin off\n  auto_https disable_redirects')
        .replace('https://192.168.1.20', `https://127.0.0.1:${port}`)
        .replaceAll('192.168.1.20', '127.0.0.1');
    const port = await start({ ...caddy!, file }, snippetAfter('### HTTPS in your own network'));
    const authority = join(folder, 'caddy/pki/authorities/local/root.crt');
    const origin = `https://127.0.0.1:${port}`;
    while (!existsSync(authority)) await untilListening(port);
    const client = await harness.client(gateway, {
      origin,
      agent: new TlsAgent({ ca: readFileSync(authority) }),
      headers: { Origin: origin },
    });
    expect(client.challenge).toHaveLength(32);
  },
);
