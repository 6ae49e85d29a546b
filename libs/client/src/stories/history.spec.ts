import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';
import type { LogItem } from '@bytechat/protocol';

async function roomWithTalk(options: { history?: 'ttl' | 'none'; ttlSeconds?: number } = {}): Promise<{
  world: World;
  people: [Participant, Participant];
  enter: () => Promise<Participant>;
}> {
  const world = new World();
  const { invitation, people } = await world.room(1, options);
  const [anna, ben] = people as [Participant, Participant];
  await anna.send('one');
  await world.everyoneSees(people, 'one');
  await ben.send('two');
  await world.everyoneSees(people, 'two');
  return { world, people: [anna, ben], enter: () => world.joins(invitation) };
}

describe('a room that hands on its past', () => {
  it('is what one gets, and everybody is told so before the first word', async () => {
    const { people, enter } = await roomWithTalk();
    const carl = await enter();
    for (const person of [...people, carl]) {
      expect(person.security?.history).toBe(1);
      expect(person.terms).toMatchObject({ history: 1, suite: 2, ttlSeconds: 3_600 });
    }
  });

  it('lets newcomers read what is still alive, in order, under its senders’ names', async () => {
    const { world, people, enter } = await roomWithTalk();
    const [anna, ben] = people;
    const carl = await enter();
    await world.everyoneSees([carl], 'one', 'two');
    expect(carl.texts).toEqual(['one', 'two']);
    expect(carl.messages.map(({ mid, own }) => [mid, own])).toEqual([
      [anna.self.mid, false],
      [ben.self.mid, false],
    ]);
    await carl.send('three');
    await world.everyoneSees([...people, carl], 'one', 'two', 'three');
    expect(carl.texts).toEqual(['one', 'two', 'three']);
    expect([...people, carl].flatMap(({ alarms }) => alarms)).toEqual([]);
  });

  it('hands on words of those who have gone, over changes of the keys', async () => {
    const { world, people, enter } = await roomWithTalk();
    const [anna, ben] = people;
    await world.settled(ben.client.leave());
    await world.until(() => anna.members.length === 1, 'ben is gone');
    const carl = await enter();
    await world.everyoneSees([carl], 'one', 'two');
    const dora = await enter();
    await world.settled(anna.client.leave());
    await world.until(() => carl.members.length === 2, 'anna is gone');
    const emil = await enter();
    for (const person of [dora, emil]) expect(person.texts).toEqual(['one', 'two']);
  });

  it('hands on nothing whose time is over', async () => {
    const { world, people, enter } = await roomWithTalk({ ttlSeconds: 60 });
    const [anna] = people;
    await world.pass(40_000);
    await anna.send('late');
    await world.everyoneSees(people, 'late');
    await world.pass(25_000);
    expect(anna.texts).toEqual(['late']);
    const carl = await enter();
    expect(carl.texts).toEqual(['late']);
  });

  it('shows one’s own words once to whoever comes back as a new member', async () => {
    const { world, people } = await roomWithTalk();
    const [anna, ben] = people;
    world.gateway.faults.refuseNext('send_message', { code: 'ERR_NOT_MEMBER', message: '' });
    await ben.send('three');
    await world.until(() => ben.told('rejoined') && ben.active, 'ben is in again');
    await world.everyoneSees([anna, ben], 'one', 'two', 'three');
    expect(ben.texts.toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('shows the words of others once, too, when the room has moved to another generation meanwhile', async () => {
    const { world, people } = await roomWithTalk();
    const [anna, ben] = people;
    world.gateway.store.changeMaster();
    world.gateway.faults.refuseNext('send_message', { code: 'ERR_NOT_MEMBER', message: '' });
    await ben.send('three');
    await world.until(() => ben.told('rejoined') && ben.active, 'ben is in again');
    await world.everyoneSees([anna, ben], 'one', 'two', 'three');
    expect(ben.texts.toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('finds out a server that shows newcomers another past, and shows nothing of it', async () => {
    const { world, enter } = await roomWithTalk();
    const { rooms } = world.gateway;
    const honest = rooms.sync.bind(rooms);
    rooms.sync = async (seat, from) => {
      const page = await honest(seat, from);
      if (!page.recovered || from.seq > 1) return page;
      const items = page.items.map((item): LogItem => (item.kind === 'message' ? forged(item) : item));
      return { ...page, items };
    };
    const carl = await enter();
    expect(carl.alarms).toEqual(['FORK']);
    expect(carl.texts).toEqual([]);
  });

  it('goes on without the past where the server does not have it any more', async () => {
    const { world, people, enter } = await roomWithTalk();
    const { rooms } = world.gateway;
    const honest = rooms.sync.bind(rooms);
    rooms.sync = async (seat, from) => {
      const page = await honest(seat, from);
      return from.seq > 1 ? page : { recovered: false, head: page.head };
    };
    const carl = await enter();
    expect(carl.texts).toEqual([]);
    await carl.send('hello');
    await world.everyoneSees([...people, carl], 'hello');
    expect(carl.alarms).toEqual([]);
  });
});

describe('a room that does not', () => {
  it('says so to everybody, and newcomers read nothing from before', async () => {
    const { world, people, enter } = await roomWithTalk({ history: 'none' });
    const carl = await enter();
    for (const person of [...people, carl]) {
      expect(person.security?.history).toBe(0);
      expect(person.terms?.history).toBe(0);
    }
    await people[0].send('welcome');
    await world.everyoneSees([...people, carl], 'welcome');
    expect(carl.texts).toEqual(['welcome']);
  });
});

function forged(item: Extract<LogItem, { kind: 'message' }>): LogItem {
  const env = Uint8Array.from(item.env);
  env[60]! ^= 1;
  return { ...item, env };
}
