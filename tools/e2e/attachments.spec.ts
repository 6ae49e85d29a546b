import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRedis } from '@bytechat/testing';
import { Redis } from 'ioredis';
import { findLeaks } from './harness/canary.ts';
import { attaches, fileOf, hasSent, looksAt, photoWith, savesFile, seesFile } from './harness/files.ts';
import { FrontDoor } from './harness/front-door.ts';
import { GatewayProcess } from './harness/gateway-process.ts';
import { Person } from './harness/person.ts';

const PLACE = 'canary-52.5163N-13.3777E-Zephyrine';
const NAME = 'quokka-ledger-4471.pdf';
const CONTENT = 'the heron flies at midnight, bring 42 lanterns';
const MIB = 1024 * 1024;
/** That are sent below, all in all. */
const FILES = 6;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('people who send files', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let client: Redis;
  let gateways: GatewayProcess[];
  let door: FrontDoor;
  let ada: Person;
  let ben: Person;
  const monitored: Buffer[] = [];
  let stopMonitoring: () => void;

  beforeAll(async () => {
    redis = await startRedis();
    client = new Redis(redis.url);
    const watcher = new Redis(redis.url);
    const monitor = await watcher.monitor();
    monitor.on('monitor', (_time: string, args: string[]) =>
      monitored.push(Buffer.from(args.join(' '), 'latin1')),
    );
    stopMonitoring = () => {
      monitor.disconnect();
      watcher.disconnect();
    };
    const env = {
      BYTECHAT_REDIS_URL: redis.url,
      BYTECHAT_SECRET_KEY: 'an end-to-end test key of 32 bytes or more',
    };
    gateways = [await GatewayProcess.start(env), await GatewayProcess.start(env)];
    door = await FrontDoor.open(gateways.map((gateway) => gateway.port));
    [ada, ben] = await Promise.all([Person.arrives(), Person.arrives()]);
    await ada.createsRoom(door.origin, { name: 'Ada', lifetime: '1 minute' });
    await ben.joins(ada.link(), { name: 'Ben' });
    await Promise.all([ada.seesMembers(2), ben.seesMembers(2)]);
  });

  afterAll(async () => {
    stopMonitoring();
    client.disconnect();
    await Promise.all([ada.goesHome(), ben.goesHome()]);
    await door.close();
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await redis.stop();
  });

  it('send a document, which the other saves byte for byte', async () => {
    const buffer = Buffer.from(`%PDF-1.7\n${CONTENT}\n`.repeat(3_000));
    await attaches(ada, [{ name: NAME, mimeType: 'application/pdf', buffer }]);
    await seesFile(ben, NAME);
    expect(sha256(await savesFile(ben, NAME))).toBe(sha256(buffer));
  });

  it('send a photo without what its camera hid in it, made smaller', async () => {
    const buffer = await photoWith(ada, PLACE);
    expect(findLeaks(buffer, PLACE)).not.toEqual([]);
    await attaches(ada, [{ name: 'beach.jpg', mimeType: 'image/jpeg', buffer }]);
    await seesFile(ben, 'beach.jpg');
    expect(await looksAt(ben, 'beach.jpg')).toEqual({ width: 2_048, height: 1_024 });
    const saved = await savesFile(ben, 'beach.jpg');
    expect(saved.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(findLeaks(saved, PLACE)).toEqual([]);
    expect(saved.includes('Exif')).toBe(false);
  });

  it('send a photo as it is when they want that, after being told', async () => {
    const buffer = await photoWith(ada, 'a place that may be known', 400);
    await attaches(ada, [{ name: 'as-it-is.jpg', mimeType: 'image/jpeg', buffer }], { original: true });
    await seesFile(ben, 'as-it-is.jpg');
    expect(sha256(await savesFile(ben, 'as-it-is.jpg'))).toBe(sha256(buffer));
  });

  it('send a web page and an image with a script in it, which nothing ever opens', async () => {
    const buffer = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'run\'"/>');
    await attaches(ada, [
      { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer },
      { name: 'fake.png', mimeType: 'image/png', buffer },
    ]);
    await Promise.all([seesFile(ben, 'drawing.svg'), seesFile(ben, 'fake.png')]);
    expect(await fileOf(ben, 'drawing.svg').locator('img').count()).toBe(0);
    expect(await fileOf(ben, 'fake.png').locator('img').count()).toBe(0);
    expect(await savesFile(ben, 'drawing.svg')).toEqual(buffer);
    expect(await ben.page.title()).not.toContain('run');
  });

  it('go on where they were when the gateway is killed in the middle of a file', async () => {
    const buffer = randomBytes(4 * MIB);
    await attaches(ada, [{ name: 'large.bin', mimeType: 'application/octet-stream', buffer }]);
    await hasSent(ada, 40);
    await gateways[0]!.kill();
    await seesFile(ben, 'large.bin');
    await Promise.all([ada.isOnline(), ben.isOnline()]);
    expect(sha256(await savesFile(ben, 'large.bin'))).toBe(sha256(buffer));
  });

  it('leave nothing of name, content or place on the wire, in Redis or in its commands', async () => {
    await client.config('SET', 'rdbcompression', 'no');
    await client.save();
    const [, folder] = (await client.config('GET', 'dir')) as [string, string];
    const dump = await readFile(join(folder, 'dump.rdb'));
    expect(dump.length).toBeGreaterThan(4 * MIB);
    for (const bytes of [door.recorded, Buffer.concat(monitored), dump])
      for (const text of [PLACE, NAME, CONTENT]) expect(findLeaks(bytes, text)).toEqual([]);
  });

  it('lose files with their messages, on the screen and in Redis', async () => {
    await fileOf(ben, NAME).waitFor({ state: 'detached', timeout: 90_000 });
    await fileOf(ada, NAME).waitFor({ state: 'detached', timeout: 10_000 });
    expect((await client.keys('*:blob:*')).length).toBeLessThan(FILES);
    for (const key of await client.keys('*:blob:*'))
      expect(await client.pttl(key)).toBeLessThanOrEqual(60_000);
  });

  it('caused no policy violation and no error but the lost connection', () => {
    const complaints = [...ada.complaints, ...ben.complaints].filter(
      (text) => !/WebSocket connection/.test(text),
    );
    expect(complaints).toEqual([]);
  });
});
