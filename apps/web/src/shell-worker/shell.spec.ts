import { beforeEach, describe, expect, it } from '@jest/globals';
import { Shell, type ShellBuild } from './shell.ts';

const ORIGIN = 'https://chat.example';
const BUILD: ShellBuild = {
  id: 'b',
  files: { '/': 'sha256-page', '/main-AB12CD34.js': 'sha256-main', '/favicon.svg': 'sha256-icon' },
};

/** Caches that keep what they are given, by path. */
class FakeCaches {
  readonly kept = new Map<string, Map<string, string>>();

  open(name: string): Promise<Cache> {
    const files = this.kept.get(name) ?? new Map<string, string>();
    this.kept.set(name, files);
    const cache = { match: async (path: string) => answerOf(files.get(path)) };
    return Promise.resolve(cache as unknown as Cache);
  }
  keys(): Promise<string[]> {
    return Promise.resolve([...this.kept.keys()]);
  }
  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.kept.delete(name));
  }
  async match(path: string): Promise<Response | undefined> {
    const found = [...this.kept.values()].find((files) => files.has(path));
    return answerOf(found?.get(path));
  }
}

/** A body that can be told from others; jsdom has no Response. */
const answerOf = (text: string | undefined): Response | undefined =>
  text === undefined ? undefined : ({ text: async () => text } as Response);

describe('the shell', () => {
  let caches: FakeCaches;
  let shell: Shell;
  beforeEach(() => {
    caches = new FakeCaches();
    const network = async (path: Request | string) => answerOf(`network ${path as string}`)!;
    shell = new Shell(BUILD, caches as unknown as CacheStorage, network);
  });

  const opens = (path: string) =>
    shell.fileFor({ method: 'GET', mode: 'navigate', url: ORIGIN + path }, ORIGIN);
  const loads = (url: string, method = 'GET') => shell.fileFor({ method, mode: 'cors', url }, ORIGIN);

  it('answers every address of the page with the one page, which is kept under an address without secrets', () => {
    for (const path of ['/', '/room', '/room/AAAA', '/room/a.b', '/room#1.SECRET', '/room?x=SECRET'])
      expect(opens(path)).toBe('/');
  });

  it('answers for files of a build', () => {
    expect(loads(`${ORIGIN}/main-AB12CD34.js`)).toBe('/main-AB12CD34.js');
    expect(loads(`${ORIGIN}/favicon.svg`)).toBe('/favicon.svg');
    expect(loads(`${ORIGIN}/chunk-a_b-C1d2.js`)).toBe('/chunk-a_b-C1d2.js');
  });

  it('leaves rooms, other origins, other methods and everything it does not know to the network', () => {
    const foreign = 'https://evil.example/main-AB12CD34.js';
    const rest = ['/api/room/AAAA/info', '/socket.io/?EIO=4', '/manifest.json', '/whats-new.json', '/'];
    for (const url of [foreign, ...rest.map((path) => ORIGIN + path)]) expect(loads(url)).toBeUndefined();
    expect(loads(`${ORIGIN}/main-AB12CD34.js`, 'POST')).toBeUndefined();
    for (const path of ['/api', '/api/room/AAAA/info', '/socket.io/', '/robots.txt', '/sw.js'])
      expect(opens(path)).toBeUndefined();
  });

  it('has this build’s page, a file of the build before, and else the network', async () => {
    caches.kept.set(
      'shell-a',
      new Map([
        ['/', 'old page'],
        ['/old-AB12CD34.js', 'old script'],
      ]),
    );
    caches.kept.set('shell-b', new Map([['/', 'page']]));
    const said = async (file: string) => (await shell.answer(file)).text();
    expect(await said('/')).toBe('page');
    expect(await said('/old-AB12CD34.js')).toBe('old script');
    expect(await said('/main-AB12CD34.js')).toBe('network /main-AB12CD34.js');
  });

  it('never shows the page of another build', async () => {
    caches.kept.set('shell-a', new Map([['/', 'old page']]));
    expect(await (await shell.answer('/')).text()).toBe('network /');
  });

  it('keeps this build and the one before, and touches no other cache', async () => {
    for (const name of ['shell-x', 'shell-y', 'shell-b', 'somebody-else']) caches.kept.set(name, new Map());
    await shell.tidy();
    expect(await caches.keys()).toEqual(['shell-y', 'shell-b', 'somebody-else']);
  });
});
