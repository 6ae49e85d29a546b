import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from './harness/free-port.ts';
import { GatewayProcess } from './harness/gateway-process.ts';
import { Person } from './harness/person.ts';

const root = join(import.meta.dirname, '../..');
const finish = join(root, 'tools/delivery/finish.ts');
const program = join(root, 'apps/cli/dist/bytechat.mjs');
const built = join(root, 'apps/web/dist');

/** What a changed script would do if it ran. */
const CHANGE = '\n;globalThis.changedScriptRan = true;\n';
const ranChanged = (person: Person): Promise<boolean> =>
  person.page.evaluate(() => 'changedScriptRan' in globalThis);

let folder: string;
let people: Person[] = [];
let gateways: GatewayProcess[] = [];

async function arrives(): Promise<Person> {
  const person = await Person.arrives();
  people.push(person);
  return person;
}

async function starts(env: Record<string, string>): Promise<GatewayProcess> {
  const gateway = await GatewayProcess.start(env);
  gateways.push(gateway);
  return gateway;
}

/** A copy of the built page that a story may change. */
function copyOfThePage(name: string): string {
  const copy = join(folder, name);
  cpSync(built, copy, { recursive: true });
  return copy;
}

/** Signs what is in a folder with a new key, of which the public half lies in release.pub. */
function sign(page: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSync(join(folder, 'release.key'), privateKey);
  writeFileSync(join(folder, 'release.pub'), publicKey);
  const before = readFileSync(join(page, 'manifest.json'), 'utf8');
  const output = join(page, 'manifest.json');
  const args = ['manifest', page, '--output', output, '--key', join(folder, 'release.key')];
  execFileSync(process.execPath, [program, ...args]);
  expect(readFileSync(output, 'utf8')).toBe(before);
}

/** Opens the words that two people compare, and answers with the script that came for them. */
async function scriptOfTheSafetyDialog(person: Person): Promise<string> {
  const scripts: string[] = [];
  person.page.on('response', (response) => scripts.push(new URL(response.url()).pathname));
  await person.readsSafetyWords();
  const lazy = scripts.filter((path) => /^\/chunk-[\w-]+\.js$/.test(path));
  expect(lazy).not.toEqual([]);
  return lazy.at(-1)!;
}

/** The browser has the script and doesn't run it. */
async function isRefused({ page }: Person, script: string): Promise<void> {
  const asAFault = (url: string): boolean => new URL(url).pathname === script;
  await Promise.race([
    page.waitForEvent('requestfailed', (request) => asAFault(request.url())),
    page.waitForEvent('console', (message) => /valid digest in the 'integrity'/.test(message.text())),
  ]);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bytechat-delivery-'));
});

afterEach(async () => {
  await Promise.all([...people.map((each) => each.goesHome()), ...gateways.map((each) => each.kill())]);
  people = [];
  gateways = [];
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a script that the page loads later', () => {
  it('is refused when somebody has changed it, and the page talks on without it', async () => {
    const page = copyOfThePage('changed');
    const honest = await starts({});
    const ada = await arrives();
    await ada.createsRoom(honest.origin);
    const script = await scriptOfTheSafetyDialog(ada);
    expect(ada.complaints).toEqual([]);

    appendFileSync(join(page, script), CHANGE);
    const { origin } = await starts({ BYTECHAT_WEB_ROOT: page });
    const ben = await arrives();
    await ben.createsRoom(origin);
    await Promise.all([isRefused(ben, script), ben.readsSafetyWords()]);
    expect(await ranChanged(ben)).toBe(false);
    await ben.sends('There is no picture');
    await ben.seesSent('There is no picture');
  });

  it('is refused when the page has no hash for it, by the policy of integrity', async () => {
    const page = copyOfThePage('unheld');
    const index = join(page, 'index.html');
    const honest = await starts({});
    const ada = await arrives();
    await ada.createsRoom(honest.origin);
    const script = await scriptOfTheSafetyDialog(ada);

    writeFileSync(index, readFileSync(index, 'utf8').replace(new RegExp(`"${script}":"[^"]+",?`), ''));
    appendFileSync(join(page, script), CHANGE);
    const { origin } = await starts({ BYTECHAT_WEB_ROOT: page });
    const ben = await arrives();
    await ben.createsRoom(origin);
    await Promise.all([isRefused(ben, script), ben.readsSafetyWords()]);
    expect(await ranChanged(ben)).toBe(false);
  });
});

describe('a page from another origin than the gateway', () => {
  /** The page at one origin, finished for a gateway at another one, which lets in pages of `allowed`. */
  async function apart(allowed: (page: string) => string): Promise<{ page: string; api: string }> {
    const port = await freePort();
    const page = `http://localhost:${port}`;
    const gateway = await starts({ BYTECHAT_WEB_ROOT: '', BYTECHAT_ALLOWED_ORIGINS: allowed(page) });
    const api = `http://127.0.0.1:${gateway.port}`;
    const copy = copyOfThePage(`apart-${port}`);
    execFileSync(process.execPath, [finish, copy, copy], { env: { API_ORIGIN: api } });
    await starts({ BYTECHAT_PORT: String(port), BYTECHAT_WEB_ROOT: copy });
    return { page, api };
  }

  it('talks to the gateway that its build names, and to nobody else', async () => {
    const { page, api } = await apart((origin) => origin);
    const [ada, ben] = [await arrives(), await arrives()];
    const sockets: string[] = [];
    const asked: string[] = [];
    for (const { page: tab } of [ada, ben]) {
      tab.on('websocket', (socket) => sockets.push(new URL(socket.url()).origin));
      tab.on('request', (request) => asked.push(request.url()));
    }
    await ada.createsRoom(page, { password: 'a fine day' });
    expect(ada.link()).toMatch(new RegExp(`^${page}/room#`));
    await ben.joins(ada.link(), { password: 'a fine day' });
    await ben.sends('from one origin to another');
    await ada.sees('from one origin to another');
    expect([...ada.complaints, ...ben.complaints]).toEqual([]);
    expect(new Set(sockets)).toEqual(new Set([api.replace('http', 'ws')]));
    const infos = asked.filter((url) => url.includes('/api/'));
    expect(infos.map((url) => new URL(url).origin)).toEqual(infos.map(() => api));
    expect(infos).not.toEqual([]);
  });

  it('is let in nowhere when the gateway does not list it', async () => {
    const { page } = await apart(() => 'https://chat.example');
    const ada = await arrives();
    await ada.opens(page);
    const refused = new Promise<string>((resolve) =>
      ada.page.on('websocket', (socket) => socket.on('socketerror', resolve)),
    );
    await ada.page.getByTestId('enter-room').click();
    expect(await refused).toContain('403');
  });
});

describe('what a server serves', () => {
  const verify = (origin: string) =>
    spawnSync(process.execPath, [program, 'verify', origin, '--public-key', join(folder, 'release.pub')], {
      encoding: 'utf8',
    });

  it('claim 29: is what the signed manifest says, and one flipped bit of one file is found', async () => {
    const page = copyOfThePage('signed');
    sign(page);
    const before = await starts({ BYTECHAT_WEB_ROOT: page });
    expect(verify(before.origin)).toMatchObject({ status: 0, stderr: '' });

    const worker = readdirSync(page).find((name) => /^worker-[A-Z0-9]{8}\.js$/.test(name))!;
    const bytes = readFileSync(join(page, worker));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(page, worker), bytes);
    // A gateway keeps what it has packed: the change shows after a restart.
    const after = await starts({ BYTECHAT_WEB_ROOT: page });
    expect(verify(after.origin)).toMatchObject({ status: 1, stdout: `${worker}: different\n` });
  });
});
