import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRedis } from '@bytechat/testing';
import { Redis } from 'ioredis';
import { findLeaks } from './harness/canary.ts';
import { FrontDoor } from './harness/front-door.ts';
import { GatewayProcess } from './harness/gateway-process.ts';
import { Person } from './harness/person.ts';

const secrets = {
  password: 'quokka-Marzipan-7731-umbrella',
  name: 'Zephyrine Quill',
  text: 'the heron flies at midnight, bring 42 lanterns',
};

describe('claim 21: the server never receives code, password, name or text', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let gateways: GatewayProcess[];
  let door: FrontDoor;
  let ada: Person;
  let ben: Person;
  let code: string;
  const monitored: Buffer[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    const watcher = new Redis(redis.url);
    const monitor = await watcher.monitor();
    monitor.on('monitor', (_time: string, args: string[]) =>
      monitored.push(Buffer.from(args.join(' '), 'latin1')),
    );
    const env = {
      BYTECHAT_REDIS_URL: redis.url,
      BYTECHAT_SECRET_KEY: 'an end-to-end test key of 32 bytes or more',
    };
    gateways = [await GatewayProcess.start(env), await GatewayProcess.start(env)];
    door = await FrontDoor.open(gateways.map((gateway) => gateway.port));
    [ada, ben] = await Promise.all([Person.arrives(), Person.arrives()]);

    await ada.createsRoom(door.origin, { password: secrets.password, name: secrets.name });
    code = /#1\.(\w{32})$/.exec(ada.link())![1]!;
    await ben.joins(ada.link(), { password: secrets.password });
    await ada.sends(secrets.text);
    await ben.sees(secrets.text);
    await ben.isTold(new RegExp(secrets.name));
    monitor.disconnect();
    watcher.disconnect();
  });

  afterAll(async () => {
    await Promise.all([ada.goesHome(), ben.goesHome()]);
    await door.close();
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await redis.stop();
  });

  const everything = () => ({ ...secrets, code, shownCode: code.match(/.{4}/g)!.join('-') });

  it('in any HTTP byte or socket frame', () => {
    expect(door.recorded.length).toBeGreaterThan(50_000);
    for (const text of Object.values(everything())) expect(findLeaks(door.recorded, text)).toEqual([]);
  });

  it('in any command that reaches Redis', () => {
    const commands = Buffer.concat(monitored);
    expect(commands.length).toBeGreaterThan(2_000);
    for (const text of Object.values(everything())) expect(findLeaks(commands, text)).toEqual([]);
  });

  it('in a dump of Redis', async () => {
    const client = new Redis(redis.url);
    await client.config('SET', 'rdbcompression', 'no');
    await client.save();
    const [, folder] = (await client.config('GET', 'dir')) as [string, string];
    client.disconnect();
    const dump = await readFile(join(folder, 'dump.rdb'));
    expect(dump.length).toBeGreaterThan(500);
    for (const text of Object.values(everything())) expect(findLeaks(dump, text)).toEqual([]);
  });

  it('in any line of the logs', () => {
    const logs = Buffer.from(gateways.map((gateway) => gateway.output).join(''));
    expect(logs.length).toBeGreaterThan(100);
    for (const text of Object.values(everything())) expect(findLeaks(logs, text)).toEqual([]);
    expect(logs.toString()).not.toMatch(/127\.0\.0\.1:\d+.*(client|peer|remote)/i);
  });
});
