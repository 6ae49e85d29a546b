import { describe, expect, it, jest } from '@jest/globals';
import { Group } from '@bytechat/crypto';
import { World, type Participant } from '@bytechat/testing';

type Trio = [anna: Participant, ben: Participant, carl: Participant];

async function trio(password?: string): Promise<{ world: World; people: Trio; code: string }> {
  const world = new World();
  const { invitation, people } = await world.room(2, password ? { password } : {});
  return { world, people: people as Trio, code: invitation.code };
}

const newestLink = (person: Participant): string | undefined => person.invitations.at(-1)?.code;

async function kicked(world: World, by: Participant, target: Participant): Promise<void> {
  const { mid } = target.self;
  await world.settled(by.client.kick(mid));
  const staying = world.people.filter((person) => person !== target && person.active);
  await world.until(
    () => staying.every(({ members }) => members.every((member) => member.mid !== mid)),
    'everybody sees that the member is gone',
  );
}

describe('who is kicked', () => {
  it('is told, and loses everything at once', async () => {
    const { world, people } = await trio();
    const [anna, ben, carl] = people;
    await anna.send('before');
    await world.everyoneSees(people, 'before');
    const erased = jest.spyOn(Group.prototype, 'erase');
    await kicked(world, anna, carl);
    await world.until(() => carl.connection.state === 'closed', 'carl is out');
    expect(erased).toHaveBeenCalled();
    erased.mockRestore();
    expect(carl.notices).toEqual(['KICKED']);
    expect(carl.connection).toEqual({ state: 'closed', code: 'KICKED' });
    expect(carl.membership).toEqual({ step: 'none' });
    await expect(carl.send('wait!')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    await anna.send('after');
    await world.everyoneSees([anna, ben], 'after');
    expect(carl.texts).not.toContain('after');
  });

  it('learns it from the log where the notice was lost', async () => {
    const { world, people } = await trio();
    const [anna, , carl] = people;
    const target = world.gateway.connectionOf(carl.self.mid);
    world.gateway.faults.hints((connection, { name }) =>
      connection === target && name === 'server_notice' ? 0 : undefined,
    );
    await kicked(world, anna, carl);
    await world.until(() => carl.connection.state === 'closed', 'carl is out');
    expect(carl.connection).toEqual({ state: 'closed', code: 'KICKED' });
  });

  it('does not come back by the link it knows, but by the new one', async () => {
    const { world, people, code } = await trio();
    const [anna, ben, carl] = people;
    await kicked(world, anna, carl);
    const again = world.person();
    await expect(world.settled(again.join({ code }))).rejects.toMatchObject({ code: 'ERR_ROOM_NOT_FOUND' });
    const invitation = anna.invitations.at(-1)!;
    const invited = await world.joins(invitation);
    await invited.send('thank you');
    await world.everyoneSees([anna, ben, invited], 'thank you');
    await kicked(world, anna, invited);
    await world.joins(anna.invitations.at(-1)!);
  });

  it('leaves no hurdle to those who come by a link that has changed more than once', async () => {
    const { world, people } = await trio();
    const [anna, ben, carl] = people;
    await kicked(world, anna, carl);
    await kicked(world, anna, ben);
    const before = world.clock.now();
    await world.joins(anna.invitations.at(-1)!);
    expect(world.clock.now() - before).toBeLessThan(3_000);
  });
});

describe('those who stay', () => {
  it('see who was kicked and that the link has changed, and get the new one', async () => {
    const { world, people, code } = await trio();
    const [anna, ben, carl] = people;
    await kicked(world, anna, carl);
    for (const person of [anna, ben]) {
      expect(person.lines.at(-2)).toMatchObject({ kind: 'kicked' });
      expect(person.lines.at(-1)).toMatchObject({ kind: 'linkChanged' });
      expect(person.told('left')).toBe(false);
    }
    expect(newestLink(anna)).toMatch(/^[0-9A-Z]{32}$/);
    expect(newestLink(anna)).not.toBe(code);
    expect(newestLink(ben)).toBe(newestLink(anna));
    expect(ben.invitations.at(-1)).toMatchObject({ hasPassword: false, ttlSeconds: 3_600 });
  });

  it('keep the password of the room with the new link', async () => {
    const { world, people } = await trio('secret');
    const [anna, ben, carl] = people;
    await kicked(world, anna, carl);
    const invitation = ben.invitations.at(-1)!;
    expect(invitation.hasPassword).toBe(true);
    const guess = world.person();
    await expect(
      world.settled(guess.join({ code: invitation.code, password: 'guess' })),
    ).rejects.toMatchObject({ code: 'ERR_GATE' });
    const dora = await world.joins(invitation, 'secret');
    await dora.send('right');
    await world.everyoneSees([anna, ben, dora], 'right');
  }, 20_000);

  it('come back by the old link while they were away, and learn the new one', async () => {
    const { world, people } = await trio();
    const [anna, ben, carl] = people;
    const { mid } = ben.self;
    world.gateway.faults.setUnreachable(true);
    world.gateway.connectionOf(mid).cut();
    await world.settled(anna.client.kick(carl.self.mid));
    world.gateway.faults.setUnreachable(false);
    await world.until(() => ben.active, 'ben is back');
    expect(ben.self.mid).toBe(mid);
    expect(newestLink(ben)).toBe(newestLink(anna));
    world.gateway.connectionOf(mid).cut();
    await world.until(() => !ben.active, 'ben is away again');
    await anna.send('still here?');
    await world.everyoneSees([anna, ben], 'still here?');
  });

  it('come back as new members by the new link when they were lost', async () => {
    const { world, people } = await trio();
    const [anna, ben, carl] = people;
    await kicked(world, anna, carl);
    await world.until(() => newestLink(ben) === newestLink(anna), 'ben knows the link');
    world.gateway.faults.refuseNext('send_message', { code: 'ERR_NOT_MEMBER', message: '' });
    await ben.send('am I here?');
    await world.until(() => ben.told('rejoined') && ben.active, 'ben is in again');
    await world.everyoneSees([anna, ben], 'am I here?');
  });
});

describe('who may kick', () => {
  it('is the owner alone, unless the room says otherwise', async () => {
    const { world, people } = await trio();
    const [anna, ben, carl] = people;
    await expect(world.settled(ben.client.kick(carl.self.mid))).rejects.toMatchObject({ code: 'ERR_POLICY' });
    await expect(world.settled(anna.client.kick(anna.self.mid))).rejects.toMatchObject({
      code: 'ERR_POLICY',
    });
    await expect(world.settled(anna.client.kick('00'))).rejects.toMatchObject({ code: 'ERR_NOT_MEMBER' });
    await expect(world.person().client.kick('00')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    expect(people.map(({ members }) => members.length)).toEqual([3, 3, 3]);
  });

  it('can not do it without a connection', async () => {
    const { world, people } = await trio();
    const [anna, , carl] = people;
    world.gateway.faults.setUnreachable(true);
    world.gateway.connectionOf(anna.self.mid).cut();
    await world.until(() => anna.connection.state === 'waiting', 'anna is offline');
    await expect(world.settled(anna.client.kick(carl.self.mid))).rejects.toMatchObject({
      code: 'ERR_OFFLINE',
    });
  });

  it('does it although another change comes first, or the server asks to wait', async () => {
    const { world, people } = await trio();
    const [anna, ben, carl] = people;
    const refusals = ['ERR_EPOCH_STALE', 'ERR_RATE', 'ERR_BUSY'] as const;
    let refused = 0;
    world.gateway.faults.requests((_connection, event, payload) => {
      const { kind } = payload as { kind?: string };
      const code = event === 'share_session_key' && kind === 'commit' ? refusals[refused++] : undefined;
      return code && { code, message: '', retryAfterMs: 500 };
    });
    await kicked(world, anna, carl);
    expect(refused).toBe(4);
    await ben.send('done');
    await world.everyoneSees([anna, ben], 'done');
  });
});
