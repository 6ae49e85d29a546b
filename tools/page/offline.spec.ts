import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync, globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';
import { Person } from '../e2e/harness/person.ts';
import { everythingKept, keptPaths, shellKept } from './harness/kept.ts';

const run = promisify(execFile);
const BUILT = join(import.meta.dirname, '../../apps/web/dist');
const FINISH = join(import.meta.dirname, '../delivery/finish.ts');

let webRoot: string;
let gateway: GatewayProcess;
let person: Person;

beforeEach(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'bytechat-shell-'));
  cpSync(BUILT, webRoot, { recursive: true });
  gateway = await GatewayProcess.start({ BYTECHAT_WEB_ROOT: webRoot });
  person = await Person.arrives();
});
afterEach(async () => {
  await person.goesHome();
  await gateway.kill();
  rmSync(webRoot, { recursive: true });
});

/** A newer build on the server: one file more, and news of it. */
async function deploy(version: string): Promise<void> {
  writeFileSync(join(webRoot, 'later-AB12CD34.css'), `/* ${version} */`);
  writeFileSync(join(webRoot, 'whats-new.json'), JSON.stringify({ version, notes: { en: ['Calmer.'] } }));
  await run(process.execPath, [FINISH, webRoot, webRoot]);
}

/** What a browser does by itself at every visit. */
const looksForUpdates = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => undefined));

describe('without a connection', () => {
  it('the page opens, from the files of the build alone, and says that there is none', async () => {
    await person.opens(gateway.origin);
    await shellKept(person.page);
    await gateway.kill();
    await person.page.context().setOffline(true);
    await person.opens(`${gateway.origin}/room`);
    await person.page.getByTestId('enter-room').waitFor();
    await person.isTold(/There is no connection/);
    await person.page.getByTestId('language').selectOption('de');
    await person.isTold(/Es gibt keine Verbindung/);
  });

  it('somebody who tries to make a room is told so, and goes on when the connection is back', async () => {
    await person.opens(gateway.origin);
    await shellKept(person.page);
    await person.opens(gateway.origin);
    await person.page.context().setOffline(true);
    await person.isTold(/There is no connection/);
    await person.page.context().setOffline(false);
    await person.page.getByTestId('offline').waitFor({ state: 'detached' });
    await person.createsRoom(gateway.origin);
  });
});

describe('what is kept', () => {
  it('S19: is the build and nothing of any room: no link, password, name or text', async () => {
    const secrets = { password: 'canary-password', name: 'Canary Name', text: 'canary-text' };
    await person.opens(gateway.origin);
    await shellKept(person.page);
    await person.createsRoom(gateway.origin, { password: secrets.password, name: secrets.name });
    await person.sends(secrets.text);
    await person.seesSent(secrets.text);
    const code = new URL(person.link()).hash.slice(1).split('.').at(-1)!;
    await person.opens(person.link());
    const kept = await everythingKept(person.page);
    expect(kept).toContain('/favicon.svg');
    for (const secret of [code, ...Object.values(secrets)]) expect(kept).not.toContain(secret);
    const files = globSync('**/*', { cwd: webRoot }).filter((path) =>
      /\.(?:js|css|svg|ico|png|webmanifest)$/.test(path),
    );
    const expected = ['/', ...files.filter((path) => path !== 'sw.js').map((path) => `/${path}`)].sort();
    expect(await keptPaths(person.page)).toEqual(expected);
    expect(person.complaints).toEqual([]);
  });
});

describe('a newer build', () => {
  it('is told of with its news outside of rooms only, reloads nothing by itself, and leaves an open room alone', async () => {
    await person.opens(gateway.origin);
    await shellKept(person.page);
    await person.createsRoom(gateway.origin);
    await person.page.evaluate(() => Object.assign(window, { untouched: true }));
    await deploy('9.1.0');
    const other = await person.page.context().newPage();
    await other.goto(gateway.origin);
    await looksForUpdates(other);
    await other.getByTestId('update').filter({ hasText: 'Version 9.1.0 is ready.' }).waitFor();
    expect(await other.getByTestId('update').innerText()).toContain('Calmer.');
    expect(await person.page.getByTestId('update').count()).toBe(0);

    const reloaded = other.waitForEvent('load');
    await other.getByTestId('update-now').click();
    await reloaded;
    await other.getByTestId('enter-room').waitFor();
    expect(await other.getByTestId('update').count()).toBe(0);
    expect(await person.page.evaluate(() => 'untouched' in window)).toBe(true);
    await person.sends('still here');
    await person.seesSent('still here');
    await person.page.getByTestId('open-invite').click();
    await person.page.getByTestId('invite-expiry').waitFor();
  });

  it('is never kept when a file isn’t the one that its list names', async () => {
    await person.opens(gateway.origin);
    await shellKept(person.page);
    const before = await keptPaths(person.page);
    await deploy('9.1.0');
    const [icon = ''] = globSync('favicon.svg', { cwd: webRoot });
    writeFileSync(join(webRoot, icon), `${readFileSync(join(webRoot, icon), 'utf8')}<!-- changed -->`);
    await expect(looksForUpdates(person.page)).resolves.toBeUndefined();
    await person.page.evaluate(async () => {
      const { installing } = await navigator.serviceWorker.ready;
      if (installing) await new Promise((done) => installing.addEventListener('statechange', done));
    });
    expect(await person.page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();
    expect(await keptPaths(person.page)).toEqual(expect.arrayContaining(before));
    expect(await person.page.getByTestId('update').count()).toBe(0);
  });
});
