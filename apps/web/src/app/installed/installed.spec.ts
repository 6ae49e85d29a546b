import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Visitor } from '../../testing/visitor.ts';
import { LANGUAGE_TAGS } from '../i18n/languages.ts';
import { readRelease } from './release.ts';
import { ShellUpdates } from './shell-updates.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../../..', path), 'utf8'));
const RELEASE = { version: '9.1.0', notes: { en: ['Faster.', 'Calmer.'] } };

/** A worker of the browser's, at some point of its life. */
class FakeWorker extends EventTarget {
  state = 'installing';
  readonly told: unknown[] = [];
  postMessage(word: unknown): void {
    this.told.push(word);
  }
  reaches(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
}

class FakeWorkers extends EventTarget {
  controller: FakeWorker | null = new FakeWorker();
  readonly registration = new FakeRegistration();
  readonly registered: string[] = [];
  register(url: string): Promise<FakeRegistration> {
    this.registered.push(url);
    return Promise.resolve(this.registration);
  }
}

describe('the installed page', () => {
  let workers: FakeWorkers;

  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
    workers = new FakeWorkers();
    Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: workers });
    Object.assign(globalThis, { fetch: async () => ({ json: async () => RELEASE }) });
  });
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'serviceWorker');
    Reflect.deleteProperty(globalThis, 'fetch');
    jest.restoreAllMocks();
  });

  /** Arrives where another build already waits. */
  async function arrivesLate(): Promise<Visitor> {
    const visitor = await Visitor.arrives();
    workers.registration.waiting = new FakeWorker();
    await TestBed.inject(ShellUpdates).start();
    await visitor.waits();
    return visitor;
  }

  it('tells what is new in a build that waits, and changes to it on a word of the person only', async () => {
    const visitor = await arrivesLate();
    expect(workers.registered).toEqual([new URL('/sw.js', location.origin).href]);
    expect(visitor.texts('update')[0]).toMatch(/^Version 9\.1\.0 is ready\.Faster\.Calmer\./);
    expect(workers.registration.waiting?.told).toEqual([]);
    await visitor.clicks('update-now');
    expect(workers.registration.waiting?.told).toEqual(['use-now']);
  });

  it('leaves it at that when the person says later', async () => {
    const visitor = await arrivesLate();
    await visitor.clicks('update-later');
    expect(visitor.sees('update')).toBe(false);
    expect(workers.registration.waiting?.told).toEqual([]);
  });

  it('says nothing in a room, and says it when one is outside again', async () => {
    const visitor = await arrivesLate();
    await visitor.clicks('enter-room');
    visitor.client.letIn();
    await visitor.waits();
    expect(visitor.sees('update')).toBe(false);
    await visitor.clicks('leave');
    await visitor.clicks('confirm-leave');
    expect(visitor.sees('update')).toBe(true);
  });

  it('hears of a build that comes while it is open', async () => {
    const visitor = await Visitor.arrives();
    await TestBed.inject(ShellUpdates).start();
    const worker = (workers.registration.installing = new FakeWorker());
    workers.registration.dispatchEvent(new Event('updatefound'));
    worker.reaches('installed');
    await visitor.waits();
    await visitor.waits();
    expect(visitor.sees('update')).toBe(true);
  });

  it('says nothing of the first build that is ever kept', async () => {
    workers.controller = null;
    expect((await arrivesLate()).sees('update')).toBe(false);
  });

  it('is a page like any other where there are no service workers', async () => {
    Reflect.deleteProperty(navigator, 'serviceWorker');
    const visitor = await Visitor.arrives();
    await TestBed.inject(ShellUpdates).start();
    expect(visitor.sees('enter-room')).toBe(true);
  });

  it('says that there is no connection for as long as there is none', async () => {
    const visitor = await Visitor.arrives();
    expect(visitor.sees('offline')).toBe(false);
    const onLine = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
    await visitor.waits();
    expect(visitor.texts('offline')[0]).toContain('There is no connection.');
    onLine.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    await visitor.waits();
    expect(visitor.sees('offline')).toBe(false);
  });
});

describe('the notes of a release', () => {
  it('are of this version, and there in every language', () => {
    const release = readRelease(read('apps/web/public/whats-new.json'))!;
    expect(release.version).toBe((read('package.json') as { version: string }).version);
    for (const tag of LANGUAGE_TAGS) expect(release.notes[tag].length).toBeGreaterThan(0);
  });

  it('are nothing where something else is served', () => {
    for (const other of [
      undefined,
      null,
      [],
      'x',
      {},
      { version: 1, notes: {} },
      { version: '1', notes: [] },
    ])
      expect(readRelease(other)).toBeUndefined();
  });

  it('are taken in the languages we know, and in measure', () => {
    const notes = { en: ['a'.repeat(500), 1, 'b'], xx: ['c'], de: 'no list' };
    const release = readRelease({ version: '1', notes })!;
    expect(release.notes.en.map(({ length }) => length)).toEqual([200, 1]);
    expect(release.notes.de).toEqual([]);
    expect(Object.keys(release.notes)).toEqual(['en', 'de']);
  });
});
