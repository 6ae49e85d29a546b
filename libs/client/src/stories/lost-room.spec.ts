import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';

type Trio = [anna: Participant, ben: Participant, carl: Participant];

describe('a room that the server has lost altogether', () => {
  it('is made again by its members, with the same link, and all are told', async () => {
    const world = new World();
    const { invitation, people } = await world.room(2);
    await world.gateway.store.close();
    for (const { self } of people) world.gateway.connectionOf(self.mid).cut();
    await world.until(() => people.every((one) => one.told('reinit') && one.active), 'all are back');
    await world.until(() => people.every(({ members }) => members.length === 3), 'they see each other');
    const dora = await world.joins(invitation);
    await dora.send('the old link works');
    await world.everyoneSees([...people, dora], 'the old link works');
    expect(
      world.gateway.seen.filter((frame) => (frame as { op?: string }).op === 'create').length,
    ).toBeGreaterThan(1);
  });

  it('is made again although the connections have stayed, with password and all', async () => {
    const world = new World();
    const { invitation, people } = await world.room(1, { password: 'secret' });
    await world.gateway.store.close();
    await people[0]!.send('is anybody there?');
    await world.until(() => people.every((one) => one.told('reinit') && one.active), 'all are back', 200_000);
    await world.everyoneSees(people, 'is anybody there?');
    await world.joins(invitation, 'secret');
  }, 20_000);

  it('is not made again by somebody who was kicked while away', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const [anna, ben, carl] = people as Trio;
    world.gateway.faults.setUnreachable(true);
    world.gateway.connectionOf(carl.self.mid).cut();
    await world.settled(anna.client.kick(carl.self.mid));
    world.gateway.faults.setUnreachable(false);
    await world.until(() => carl.connection.state === 'closed', 'carl is out');
    expect(world.gateway.seen.filter((frame) => (frame as { op?: string }).op === 'create')).toHaveLength(1);
    expect([anna, ben].every(({ members }) => members.length === 2)).toBe(true);
  });
});
