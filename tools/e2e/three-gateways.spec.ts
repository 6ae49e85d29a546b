import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRedis } from '@bytechat/testing';
import { FrontDoor } from './harness/front-door.ts';
import { GatewayProcess } from './harness/gateway-process.ts';
import { Person } from './harness/person.ts';

describe('people on three gateways that share Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let gateways: GatewayProcess[];
  let doors: FrontDoor[];
  let people: Person[];

  beforeAll(async () => {
    redis = await startRedis();
    const env = {
      BYTECHAT_REDIS_URL: redis.url,
      BYTECHAT_SECRET_KEY: 'an end-to-end test key of 32 bytes or more',
    };
    gateways = await Promise.all([0, 1, 2].map(() => GatewayProcess.start(env)));
    doors = await Promise.all(gateways.map((gateway) => FrontDoor.open([gateway.port])));
    people = await Promise.all([0, 1, 2].map(() => Person.arrives()));
  });

  afterAll(async () => {
    await Promise.all(people.map((person) => person.goesHome()));
    await Promise.all(doors.map((door) => door.close()));
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await redis.stop();
  });

  it('talk although each is connected to another one', async () => {
    const [ada, ben, cleo] = people as [Person, Person, Person];
    await ada.createsRoom(doors[0]!.origin, { name: 'Ada' });
    await ben.joins(elsewhere(ada.link(), doors[1]!), { name: 'Ben' });
    await cleo.joins(elsewhere(ada.link(), doors[2]!), { name: 'Cleo' });
    await Promise.all(people.map((person) => person.seesMembers(3)));
    for (const [index, person] of people.entries()) await person.sends(`hello from gateway ${index}`);
    for (const person of people) {
      for (const index of [0, 1, 2]) await person.sees(`hello from gateway ${index}`);
    }
  });

  it('lose nothing and see nothing twice when the gateway of one is killed', async () => {
    const [ada, ben, cleo] = people as [Person, Person, Person];
    doors[0]!.route([gateways[1]!.port, gateways[2]!.port]);
    await ben.sends('before the crash');
    await gateways[0]!.kill();
    await ben.sends('while Ada is away');
    await ada.sends('written into the void');
    await ada.isOnline();
    await ada.seesSent('written into the void');
    await cleo.sends('after the crash');
    const wanted = ['before the crash', 'while Ada is away', 'written into the void', 'after the crash'];
    for (const person of people) for (const text of wanted) await person.sees(text);

    const views = await Promise.all(people.map((person) => person.messages()));
    for (const view of views) expect(new Set(view).size).toBe(view.length);
    expect(views[1]).toEqual(views[2]);
    expect([...views[0]!].sort()).toEqual([...views[1]!].sort());
  });

  it('keep their room when one leaves', async () => {
    const [ada, ben, cleo] = people as [Person, Person, Person];
    await cleo.leavesRoom();
    await Promise.all([ada.seesMembers(2), ben.seesMembers(2)]);
    await ben.sends('only the two of us');
    await ada.sees('only the two of us');
  });

  it('see no policy violation and no uncaught error', () => {
    const real = people
      .flatMap((person) => person.complaints)
      .filter((text) => !/WebSocket connection to/.test(text));
    expect(real).toEqual([]);
  });
});

/** The same invite, at the address of another gateway. */
function elsewhere(link: string, door: FrontDoor): string {
  const url = new URL(link);
  url.port = String(door.port);
  return url.href;
}
