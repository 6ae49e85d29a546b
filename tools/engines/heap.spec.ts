import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Masked } from './browser/planted.ts';
import { bundledWorker } from './bundle.ts';
import { heapSnapshot, writtenIn } from './heap-scan.ts';
import { chromiumWorker, nodeProcess, type LookedThrough } from './looked-through.ts';
import { servePage } from './served-page.ts';

let page: Awaited<ReturnType<typeof servePage>>;
beforeAll(async () => (page = await servePage(await bundledWorker())));
afterAll(() => page.close());

const places: readonly [string, () => Promise<LookedThrough>][] = [
  ['a Node process', nodeProcess],
  ['a worker of Chromium', () => chromiumWorker(page.url)],
];

describe.each(places)('claim 14: the memory of %s', (_name, open) => {
  let place: LookedThrough;
  let joined: Masked;
  let read: Masked;
  beforeAll(async () => (place = await open()));
  afterAll(() => place.close());

  it('holds the secrets of a running epoch, so the search sees what is there', async () => {
    joined = await place.step('join');
    expect(await place.alive(joined)).toEqual(['chainKey', 'header', 'handshake', 'init', 'authenticator']);
    const forgotten = await place.step('keep');
    expect(await place.alive(forgotten)).toEqual(['messageKey']);
    joined = { ...joined, ...forgotten };
  });

  it('holds neither the key of a message that was read, nor the one it came from', async () => {
    read = await place.step('read');
    const { chainKey, messageKey, header } = joined;
    expect(await place.alive({ chainKey: chainKey!, messageKey: messageKey! })).toEqual([]);
    expect(await place.alive({ header: header! })).toEqual(['header']);
  });

  it('holds nothing of an epoch that is over', async () => {
    const { authenticator } = await place.step('rekey');
    expect(await place.alive({ ...joined, ...later(read) })).toEqual([]);
    expect(await place.alive({ authenticator: authenticator! })).toEqual(['authenticator']);
  });

  it('holds no secret as text, at no time', async () => {
    const snapshot = await heapSnapshot(place.cdp);
    expect(snapshot.length).toBeGreaterThan(1_000_000);
    expect(writtenIn(snapshot, { ...joined, ...later(read) })).toEqual([]);
  });

  it('holds nothing at all after leaving', async () => {
    const last = await place.step('rekey');
    await place.step('leave');
    expect(await place.alive(last)).toEqual([]);
  });
});

/** The same secrets one step later, under names of their own. */
function later(secrets: Masked): Masked {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [`${name} later`, secret]));
}
