import { describe, expect, it, jest } from '@jest/globals';
import { Group } from '@bytechat/crypto';
import { World, type Participant } from '@bytechat/testing';
import { Keys } from '../session/keys.ts';
import { RoomSession } from '../session/room-session.ts';

/** The ways a stay ends, each with what the person's screen says then. */
const ends: [string, (world: World, person: Participant) => void][] = [
  ['LEFT', (_world, person) => void person.client.leave()],
  ['EXPIRED', (world, person) => notice(world, person, 'EXPIRED')],
  ['KICKED', (world, person) => notice(world, person, 'KICKED')],
  ['REPLACED', (world, person) => notice(world, person, 'REPLACED')],
];

function notice(world: World, person: Participant, code: 'EXPIRED' | 'KICKED' | 'REPLACED'): void {
  world.gateway.notify(world.gateway.connectionOf(person.self.mid), { code });
}

describe('the end of a stay', () => {
  it.each(ends)(
    '%s erases the group and the keys, clears timers and takes nothing more',
    async (code, end) => {
      const world = new World();
      const { people } = await world.room(1);
      const ben = people[1]!;
      await ben.send('remember me');
      await world.everyoneSees(people, 'remember me');
      const groups = jest.spyOn(Group.prototype, 'erase');
      const keys = jest.spyOn(Keys.prototype, 'erase');
      const { mid } = ben.self;
      const connection = world.gateway.connectionOf(mid);
      end(world, ben);
      await world.until(() => ben.connection.state === 'closed', 'it has ended');
      expect(ben.connection).toEqual({ state: 'closed', code });
      expect(ben.membership).toEqual({ step: 'none' });
      expect(groups).toHaveBeenCalled();
      expect(keys).toHaveBeenCalled();
      groups.mockRestore();
      keys.mockRestore();
      await world.until(() => !connection.alive, 'the connection is closed');
      const events = ben.events.length;
      await world.pass(3_700_000);
      expect(ben.events).toHaveLength(events);
      for (const call of [
        ben.send('x'),
        ben.client.reconnect(),
        ben.client.keepAlive(),
        ben.client.retry('x'),
      ])
        await expect(call).rejects.toMatchObject({ code: 'ERR_CLOSED' });
      await ben.client.leave();
    },
  );

  it('can be followed by another stay, as a new member', async () => {
    const world = new World();
    const { invitation, people } = await world.room(1);
    const ben = people[1]!;
    const { mid } = ben.self;
    await expect(ben.join({ code: invitation.code })).rejects.toMatchObject({ code: 'ERR_UNSUPPORTED' });
    notice(world, ben, 'EXPIRED');
    await world.until(() => ben.connection.state === 'closed', 'it has ended');
    await world.settled(ben.join({ code: invitation.code }));
    await world.until(() => ben.active, 'ben is in again');
    expect(ben.self.mid).not.toBe(mid);
    await ben.send('again');
    await world.everyoneSees(people, 'again');
  });

  it('leaves no timer behind', async () => {
    const world = new World();
    const alone = world.clock.timers;
    const { people } = await world.room(1);
    for (let i = 0; i < 20; i++) await people[0]!.send(`left in the queue ${i}`);
    for (const person of people) await world.settled(person.client.leave());
    expect(world.clock.timers).toBe(alone);
  });

  it('overwrites the invite, also when nobody was let in yet', async () => {
    const world = new World();
    const { people } = await world.room(0);
    expect(people).toHaveLength(1);
    const bytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const invite = {
      rid: bytes(16),
      gate: bytes(32),
      joinKey: bytes(32),
      controlKey: bytes(32),
      psk: bytes(32),
    };
    const session = new RoomSession(
      {
        endpoint: { url: 'http://gateway.test' },
        transport: world.gateway.connect,
        clock: world.clock,
        random: { bytes, fraction: () => 0.5 },
        keySource: world.keySource,
        emit: () => undefined,
      },
      {
        intent: {
          op: 'create',
          options: { suite: 2, kdf: 0, iter: 0, maxima: { ttl_s: 3_600, max: 1_000 } },
        },
        invite,
        suite: 2,
        name: undefined,
        password: undefined,
        taken: () => undefined,
        linkChanged: () => undefined,
        entered: () => undefined,
      },
    );
    await world.settled(session.start());
    expect(invite.psk.some((byte) => byte !== 0)).toBe(true);
    const left = session.leave();
    for (const secret of Object.values(invite)) expect(secret.every((byte) => byte === 0)).toBe(true);
    await world.settled(left);
  });

  it('tells the others at once', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const before = world.clock.now();
    await world.settled(people[1]!.client.leave());
    await world.until(() => people[0]!.members.some(({ present }) => !present), 'anna sees it');
    expect(world.clock.now() - before).toBeLessThan(1_000);
    await world.until(() => people[0]!.told('left'), 'and the keys are new');
  });

  it('does not wait for a server that is gone', async () => {
    const world = new World();
    const { people } = await world.room(0);
    world.gateway.faults.loseNextAck('leave_room');
    const before = world.clock.now();
    await world.settled(people[0]!.client.leave());
    expect(world.clock.now() - before).toBeLessThanOrEqual(1_000);
    expect(people[0]!.connection).toEqual({ state: 'closed', code: 'LEFT' });
  });

  it('in the middle of coming in rejects the call', async () => {
    const world = new World();
    world.gateway.faults.setUnreachable(true);
    const anna = world.person();
    const creating = anna.create();
    creating.catch(() => undefined);
    await world.until(() => anna.connection.state === 'waiting', 'it tries');
    await world.settled(anna.client.leave());
    await expect(creating).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    expect(anna.connection).toEqual({ state: 'closed', code: 'LEFT' });
  });

  it('is put off by an act of the person', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const [anna] = people;
    const stored = (): number =>
      world.gateway.seen.filter((frame) => frame !== null && typeof frame === 'object' && 'env' in frame)
        .length;
    const before = stored();
    world.gateway.notify(world.gateway.connectionOf(anna!.self.mid), {
      code: 'EXPIRING',
      retryAfterMs: 60_000,
    });
    await world.until(() => anna!.notices.includes('EXPIRING'), 'anna is warned');
    await anna!.client.keepAlive();
    await world.until(() => stored() === before + 1, 'an item was stored');
    await world.pass(5_000);
    expect(people.map(({ texts, alarms }) => [texts, alarms])).toEqual([
      [[], []],
      [[], []],
    ]);
  });
});
