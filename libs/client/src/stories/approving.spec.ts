import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';

/** A founder, alone in a room whose members let people in by hand, and somebody who asks. */
async function asked(): Promise<{ world: World; anna: Participant; ben: Participant; code: string }> {
  const world = new World();
  const { invitation, people } = await world.room(0, { newcomers: 'approve' });
  const [anna] = people as [Participant];
  const ben = world.person();
  await world.settled(ben.join({ code: invitation.code }));
  await world.until(() => anna.knocking.length > 0, 'anna hears him');
  return { world, anna, ben, code: invitation.code };
}

describe('a room whose members let people in by hand', () => {
  it('keeps whoever has the link outside until a member says so', async () => {
    const { world, anna, ben } = await asked();
    await world.pass(20_000);
    expect(ben.membership.step).toBe('waiting');
    expect(anna.members).toHaveLength(1);
    const [asking] = anna.knocking;
    await anna.client.admit(asking!.id);
    await world.until(() => ben.active, 'ben is in');
    expect(ben.self.mid).toBe(asking!.mid);
    expect(anna.members.find(({ mid }) => mid === asking!.mid)?.name).toBe(asking!.name);
    expect(anna.knocking).toEqual([]);
    await ben.send('thank you');
    await world.everyoneSees([anna, ben], 'thank you');
  });

  it('asks its members, and forgets whoever one of them has let in', async () => {
    const { world, anna, ben, code } = await asked();
    await anna.client.admit(anna.knocking[0]!.id);
    await world.until(() => ben.active, 'ben is in');
    const carl = world.person();
    await world.settled(carl.join({ code }));
    await world.until(() => anna.knocking.length === 1 && ben.knocking.length === 1, 'both hear him');
    await ben.client.admit(ben.knocking[0]!.id);
    await world.until(() => carl.active, 'carl is in');
    expect([anna.knocking, ben.knocking]).toEqual([[], []]);
    await expect(anna.client.admit('ff')).rejects.toMatchObject({ code: 'ERR_NOT_MEMBER' });
  });

  it('does not let in whom it refuses, and does not ask again about the same one', async () => {
    const { world, anna, ben } = await asked();
    await anna.client.refuse(anna.knocking[0]!.id);
    expect(anna.knocking).toEqual([]);
    await world.until(() => ben.membership.step === 'unanswered', 'nobody could let ben in');
    expect(anna.knocking).toEqual([]);
    await ben.client.reconnect();
    await world.until(() => anna.knocking.length === 1, 'ben asks once more');
    expect(anna.members).toHaveLength(1);
  });

  it('forgets who has waited for too long', async () => {
    const { world, anna } = await asked();
    await world.until(() => anna.knocking.length === 0, 'it is over', 130_000);
    expect(anna.members).toHaveLength(1);
  });

  it('hands its rule on: who came in lets others in by hand too when the founder has gone', async () => {
    const { world, anna, ben, code } = await asked();
    await anna.client.admit(anna.knocking[0]!.id);
    await world.until(() => ben.active, 'ben is in');
    await world.settled(anna.client.leave());
    await world.until(() => ben.members.length === 1, 'anna is out');
    const carl = world.person();
    await world.settled(carl.join({ code }));
    await world.until(() => ben.knocking.length === 1, 'ben hears carl');
    expect(carl.active).toBe(false);
  });
});

describe('a room in which anybody may remove others, or nobody', () => {
  it('lets a member do it who does not own it', async () => {
    const world = new World();
    const { people } = await world.room(2, { kick: 'anybody' });
    const [anna, ben, carl] = people as [Participant, Participant, Participant];
    expect(ben.security?.canKick).toBe(true);
    await world.settled(ben.client.kick(carl.self.mid));
    await world.until(() => anna.told('kicked') && carl.connection.state === 'closed', 'carl is out');
  });

  it('refuses it even to the owner', async () => {
    const world = new World();
    const { people } = await world.room(1, { kick: 'nobody' });
    const [anna, ben] = people as [Participant, Participant];
    expect(anna.security?.canKick).toBe(false);
    await expect(world.settled(anna.client.kick(ben.self.mid))).rejects.toMatchObject({ code: 'ERR_POLICY' });
    expect(ben.active).toBe(true);
  });
});
