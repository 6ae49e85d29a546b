import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Person } from '../e2e/harness/person.ts';
import { Guest } from './harness/guest.ts';
import { inContainers } from './harness/in-containers.ts';
import { Stack } from './harness/stack.ts';

const withBrowser = existsSync(process.env['BYTECHAT_CHROMIUM'] ?? '/usr/bin/chromium') ? test : test.skip;

inContainers('docker compose up', () => {
  let stack: Stack;
  let ada: Guest;
  let ben: Guest;
  let code: string;

  beforeAll(async () => {
    stack = await Stack.up('docker-compose.yml', 'tools/containers/each-gateway.compose.yml');
  });

  afterAll(async () => {
    await Guest.everybodyLeaves();
    await stack.down();
  });

  test('serves the page with its policy, from three healthy gateways', async () => {
    await stack.settles('gateway', 3);
    const page = await fetch(stack.origin);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('hardens and bounds every container, and publishes on the loopback address only', async () => {
    for (const { Name, Config, HostConfig, NetworkSettings } of await stack.inspect()) {
      expect([Name, Config.User]).toEqual([Name, expect.stringMatching(/^[1-9]\d*(:[1-9]\d*)?$/)]);
      expect(HostConfig).toMatchObject({
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges:true'],
      });
      expect(Math.min(HostConfig.Memory, HostConfig.NanoCpus, HostConfig.PidsLimit)).toBeGreaterThan(0);
      for (const port of Object.values(NetworkSettings.Ports).flatMap((ports) => ports ?? []))
        expect(port.HostIp).toBe('127.0.0.1');
    }
  });

  test('keeps rooms in memory: what Redis writes is on no disk', async () => {
    expect(await stack.run('redis', 'stat', '-f', '-c', '%T', '/data')).toBe('tmpfs');
  });

  test('lets somebody into a room with a password through another gateway', async () => {
    ({ guest: ada, code } = await Guest.creates(await stack.originOf(1), 'swordfish'));
    ben = await Guest.joins(await stack.originOf(2), code, 'swordfish');
    await ada.says('from the first gateway');
    await ben.hears('from the first gateway');
    await ben.says('from the second');
    await ada.hears('from the second');
  });

  test('keeps out who has another password, through any gateway', async () => {
    await expect(Guest.joins(await stack.originOf(3), code, 'sword')).rejects.toMatchObject({
      code: 'ERR_GATE',
    });
  });

  test('shares the key with gateways that come later', async () => {
    await stack.scale('gateway', 5);
    const cleo = await Guest.joins(await stack.originOf(5), code, 'swordfish');
    await cleo.says('from the fifth');
    await Promise.all([ada.hears('from the fifth'), ben.hears('from the fifth')]);
  });

  test('loses nothing when a gateway dies in the middle, and starts it again', async () => {
    const { guest: dora, code: room } = await Guest.creates(stack.origin);
    const emil = await Guest.joins(stack.origin, room);
    const said = [];
    for (let gateway = 1; gateway <= 5; gateway++) {
      said.push(`before ${gateway}`, `after ${gateway}`);
      await dora.says(`before ${gateway}`);
      await stack.crash('gateway', gateway);
      await emil.says(`after ${gateway}`);
    }
    await Promise.all([dora.hears(...said), emil.hears(...said)]);
    for (const guest of [dora, emil]) expect([...guest.texts].sort()).toEqual([...said].sort());
    await stack.settles('gateway', 5);
    const restarts = (await stack.inspect('gateway')).map(({ RestartCount }) => RestartCount);
    expect(restarts).toEqual([1, 1, 1, 1, 1]);
  });

  withBrowser('is where two people in browsers talk, without one complaint', async () => {
    const people = [await Person.arrives(), await Person.arrives()] as const;
    const [hugo, iris] = people;
    try {
      await hugo.createsRoom(stack.origin, { password: 'a fine day' });
      await iris.joins(hugo.link(), { password: 'a fine day' });
      await hugo.sends('hello through nginx');
      await iris.sees('hello through nginx');
      await iris.sends('and back');
      await hugo.sees('and back');
      expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
    } finally {
      await Promise.all(people.map((person) => person.goesHome()));
    }
  });
});
