import { describe, expect, it } from '@jest/globals';
import { World } from '@bytechat/testing';
import { MIN_KDF_ITERATIONS } from '@bytechat/protocol';
import type { RoomInfoSource } from '../info.ts';

const refuse = (code: 'ERR_FULL' | 'ERR_LOCKED' | 'ERR_RATE') => ({
  code,
  message: code,
  retryAfterMs: 5_000,
});

describe('coming in', () => {
  it('tells each step', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    const ben = world.person();
    await world.settled(ben.join({ code: invitation.code }));
    await world.until(() => ben.active, 'ben is in');
    const steps = (person: typeof ben): string[] => [
      ...new Set(
        person.events.flatMap((event) => (event.type === 'membership' ? [event.membership.step] : [])),
      ),
    ];
    expect(steps(people[0]!)).toEqual(['keys', 'founding', 'active']);
    expect(steps(ben)).toEqual(['keys', 'waiting', 'active']);
  });

  it('accepts the code however it was typed and shows it in one form', async () => {
    const world = new World();
    const { invitation } = await world.room(0);
    const typed = ` ${invitation.code.toLowerCase().match(/.{4}/g)!.join('-')} `
      .replaceAll('0', 'o')
      .replaceAll('1', 'l');
    const ben = world.person();
    const joined = await world.settled(ben.join({ code: typed }));
    expect(joined).toEqual(invitation);
  });

  it('refuses a code with a typing error and a code that opens nothing, and creates nothing', async () => {
    const world = new World();
    const { invitation } = await world.room(0);
    const ben = world.person();
    const wrong = (invitation.code.startsWith('A') ? 'B' : 'A') + invitation.code.slice(1);
    await expect(world.settled(ben.join({ code: wrong }))).rejects.toMatchObject({ code: 'ERR_CODE' });
    const { createInviteCode } = await import('@bytechat/crypto');
    const unknown = await createInviteCode();
    await expect(world.settled(ben.join({ code: unknown }))).rejects.toMatchObject({
      code: 'ERR_ROOM_NOT_FOUND',
    });
    await expect(world.settled(ben.client.peek(unknown))).resolves.toMatchObject({ exists: false });
    expect(ben.connection).toEqual({ state: 'idle' });
  });

  it('is refused with a wrong password, and possible with the right one on the same client', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0, { password: 'right' });
    const ben = world.person();
    const join = (password?: string) =>
      world.settled(ben.join({ code: invitation.code, ...(password ? { password } : {}) }));
    await expect(join('wrong')).rejects.toMatchObject({ name: 'ClientError', code: 'ERR_GATE' });
    await expect(join()).rejects.toMatchObject({ code: 'ERR_GATE' });
    expect(ben.connection).toEqual({ state: 'idle' });
    expect(ben.membership).toEqual({ step: 'none' });
    await expect(join('right')).resolves.toMatchObject({ hasPassword: true });
    await world.until(() => ben.active, 'ben is in');
    await ben.send('knock knock');
    await world.everyoneSees([...people, ben], 'knock knock');
  });

  it('refuses a server that asks for a weak stretching of the password', async () => {
    const world = new World();
    const { invitation } = await world.room(0, { password: 'secret' });
    const weak: RoomInfoSource = async (endpoint, rid) => ({
      ...(await world.gateway.info(endpoint, rid)),
      iter: MIN_KDF_ITERATIONS - 1,
    });
    const ben = world.person({ info: weak });
    await expect(
      world.settled(ben.join({ code: invitation.code, password: 'secret' })),
    ).rejects.toMatchObject({ code: 'ERR_KDF_WEAK' });
  });

  it.each(['ERR_FULL', 'ERR_LOCKED', 'ERR_RATE'] as const)('tells %s and when to try again', async (code) => {
    const world = new World();
    const { invitation } = await world.room(0);
    const ben = world.person();
    world.gateway.faults.refuseNext('join_room', refuse(code));
    await expect(world.settled(ben.join({ code: invitation.code }))).rejects.toMatchObject({
      code,
      retryAfterMs: 5_000,
    });
  });

  it('ends at once when the server refuses this version', async () => {
    const world = new World();
    world.gateway.faults.refuseNextConnection({ code: 'ERR_VERSION', message: 'too old' });
    const anna = world.person();
    await expect(world.settled(anna.create())).rejects.toMatchObject({ code: 'ERR_VERSION' });
  });

  it('gives up after ten tries when nobody answers', async () => {
    const world = new World();
    world.gateway.faults.setUnreachable(true);
    const anna = world.person();
    await expect(world.settled(anna.create())).rejects.toMatchObject({ code: 'ERR_OFFLINE' });
    expect(anna.connection).toEqual({ state: 'idle' });
    world.gateway.faults.setUnreachable(false);
    await world.settled(anna.create());
    await world.until(() => anna.active, 'the room stands');
  });

  it('creates once although the acknowledgement was lost', async () => {
    const world = new World();
    world.gateway.faults.loseNextAck('join_room');
    const anna = world.person();
    await world.settled(anna.create());
    await world.until(() => anna.active, 'the room stands');
    await anna.send('here');
    await world.until(() => anna.sees('here'), 'one can write');
  });

  it('founds once although the acknowledgement was lost', async () => {
    const world = new World();
    world.gateway.faults.loseNextAck('share_session_key');
    const anna = world.person();
    const invitation = await world.settled(anna.create());
    await world.until(() => anna.active, 'the room stands');
    expect(anna.membership).toMatchObject({ epoch: 0, foundedAnew: false });
    const ben = await world.joins(invitation);
    await ben.send('one group');
    await world.everyoneSees([anna, ben], 'one group');
  });

  it('is completed although the connection broke right after the welcome', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    const ben = world.person();
    await world.settled(ben.join({ code: invitation.code }));
    let cut = false;
    world.gateway.faults.requests((connection, _event, payload) => {
      if ((payload as { kind?: string }).kind !== 'group_info' || cut) return undefined;
      cut = true;
      connection.cut();
      return { code: 'ERR_BUSY', message: 'cut off' };
    });
    await world.until(() => ben.active, 'ben is in');
    expect(cut).toBe(true);
    expect(people[0]!.members).toHaveLength(2);
    await ben.send('made it');
    await world.everyoneSees([...people, ben], 'made it');
  });

  it('says after a minute that nobody could let one in, and tries again when asked', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    const [anna] = people;
    world.gateway.connectionOf(anna!.self.mid).cut();
    world.gateway.faults.setUnreachable(true);
    await world.until(() => anna!.connection.state === 'waiting', 'anna is away');
    world.gateway.faults.setUnreachable(false);
    const ben = world.person();
    const deaf = world.gateway.faults.hints((_connection, { name, payload }) =>
      name === 'user_joined' && (payload as { kind: string }).kind === 'pending' ? 0 : undefined,
    );
    await world.settled(ben.join({ code: invitation.code }));
    await world.until(() => ben.membership.step === 'unanswered', 'nobody answers');
    deaf();
    await ben.client.reconnect();
    await world.until(() => ben.active, 'ben is in after all');
  });

  it('shows what can be known before', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0, { password: 'x', ttlSeconds: 120 });
    await expect(people[0]!.client.peek(invitation.code)).resolves.toEqual({
      exists: true,
      members: 1,
      capacity: 1_000,
      password: true,
      expiresInMs: 0,
      ttlSeconds: 120,
    });
  });
});
