import { describe, expect, it } from '@jest/globals';
import { World, type FakeConnection, type Participant } from '@bytechat/testing';

import { systemRandom } from '../random.ts';
import { STABLE_AFTER_MS } from '../reconnect-policy.ts';
import { ACK_TIMEOUT_MS, type ServerEvent } from '../transport.ts';

type Pair = [Participant, Participant];

async function pair(): Promise<{ world: World; people: Pair; code: string }> {
  const world = new World();
  const { invitation, people } = await world.room(1);
  return { world, people: people as Pair, code: invitation.code };
}

const kindOf = (payload: unknown): unknown => (payload as { kind?: unknown }).kind;

function withoutWrap(event: ServerEvent): ServerEvent {
  if (event.name !== 'session_key_received' || event.payload.kind !== 'commit') return event;
  const payload = { ...event.payload };
  delete payload.wrap;
  return { ...event, payload };
}

const generationOf = (world: World, person: Participant): number =>
  world.gateway.connectionOf(person.self.mid).seat?.generation ?? -1;

/** Takes somebody off the network until the returned function is called. */
function cutOff(world: World, person: Participant): () => void {
  world.gateway.faults.setUnreachable(true);
  world.gateway.connectionOf(person.self.mid).cut();
  return () => world.gateway.faults.setUnreachable(false);
}

async function backOnline(world: World, person: Participant): Promise<void> {
  await person.client.reconnect();
  await world.until(() => person.connection.state === 'online', 'back online');
}

const states = (person: Participant): string[] =>
  person.events.flatMap((event) => (event.type === 'connection' ? [event.connection.state] : []));

describe('whoever loses the connection', () => {
  it('resumes as the same member and reads what was missed, in order', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const { mid } = ben.self;
    const comesBack = cutOff(world, ben);
    await anna.send('one');
    await anna.send('two');
    await world.until(() => anna.sees('one', 'two'), 'anna has sent');
    comesBack();
    await world.everyoneSees(people, 'one', 'two');
    expect(ben.self.mid).toBe(mid);
    expect(ben.texts).toEqual(['one', 'two']);
    expect(states(ben).slice(-4)).toEqual(['waiting', 'connecting', 'recovering', 'online']);
  });

  it('follows a rekey that happened meanwhile', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const [anna, ben, carl] = people;
    const comesBack = cutOff(world, ben!);
    await world.settled(carl!.client.leave());
    await world.until(() => anna!.members.length === 2, 'carl is gone');
    await anna!.send('new keys');
    await world.until(() => anna!.sees('new keys'), 'sent under new keys');
    comesBack();
    await world.everyoneSees([anna!, ben!], 'new keys');
    expect(ben!.members).toHaveLength(2);
  });

  it('asks for nothing on a new connection before it is seated there', async () => {
    const world = new World();
    const { invitation } = await world.room(0);
    // Without jitter the new connection is there before the log is asked again.
    const ben = world.person({ random: { ...systemRandom, fraction: () => 0 } });
    await world.settled(ben.join({ code: invitation.code }));
    await world.until(() => ben.active, 'ben is in');
    const { mid } = ben.self;
    world.gateway.faults.loseNextAck('sync_room');
    world.gateway.connectionOf(mid).cut();
    await world.until(() => ben.connection.state === 'recovering', 'ben is coming back');
    await world.pass(ACK_TIMEOUT_MS + 100);
    const release = world.gateway.faults.holdNext('join_room');
    world.gateway.connectionOf(mid).cut();
    await world.until(() => ben.connection.state === 'recovering', 'ben is coming back again');
    await world.pass(2_000);
    release();
    await world.until(() => ben.active, 'ben is back');
    expect(ben.self.mid).toBe(mid);
    expect(ben.told('rejoined')).toBe(false);
  });

  it('follows a rekey whose hint came without the own wrap', async () => {
    const world = new World();
    const { invitation, people } = await world.room(1);
    const ben = world.person({
      transport: (endpoint, listener) =>
        world.gateway.connect(endpoint, {
          ...listener,
          event: (event) => listener.event(withoutWrap(event)),
        }),
    });
    await world.settled(ben.join({ code: invitation.code }));
    await world.until(() => ben.active, 'ben is in');
    const { mid } = ben.self;
    await world.settled(people[1]!.client.leave());
    await world.until(() => ben.members.length === 2, 'ben follows');
    await ben.send('new keys');
    await world.everyoneSees([people[0]!, ben], 'new keys');
    expect(ben.self.mid).toBe(mid);
  });

  it('comes back as a new member when the membership has run out', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const { mid } = ben.self;
    const comesBack = cutOff(world, ben);
    await anna.send('missed');
    await world.until(() => anna.members.length === 1, 'ben has been removed', 400_000);
    expect(anna.told('timeout')).toBe(true);
    comesBack();
    await backOnline(world, ben);
    await world.until(() => ben.active && anna.members.length === 2, 'ben is in again');
    expect(ben.self.mid).not.toBe(mid);
    expect(ben.told('rejoined')).toBe(true);
    await ben.send('back');
    await world.everyoneSees(people, 'back');
    expect(ben.texts).toEqual(['missed', 'back']);
  });

  it('is asked after ten failed tries, and can start again', async () => {
    const { world, people } = await pair();
    const [, ben] = people;
    await world.pass(STABLE_AFTER_MS + 1);
    const comesBack = cutOff(world, ben);
    await world.until(() => ben.connection.state === 'closed', 'the client gave up');
    expect(ben.connection).toEqual({ state: 'closed', code: 'ATTEMPTS' });
    expect(states(ben).filter((state) => state === 'waiting')).toHaveLength(10);
    comesBack();
    await backOnline(world, ben);
    await ben.send('still me');
    await world.everyoneSees(people, 'still me');
  });

  it('waits as long as a busy server asks', async () => {
    const { world, people } = await pair();
    const [, ben] = people;
    const error = { code: 'ERR_RATE' as const, message: 'too many', retryAfterMs: 30_000 };
    const before = world.clock.now();
    world.gateway.faults.refuseNextConnection(error);
    world.gateway.connectionOf(ben.self.mid).cut();
    await world.until(() => ben.connection.state !== 'online', 'offline');
    await world.until(() => ben.connection.state === 'online', 'back');
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(30_000);
  });

  it('moves away from a draining server when it is told to, without a loss', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const old = world.gateway.connectionOf(ben.self.mid);
    world.gateway.notify(old, { code: 'DRAINING', retryAfterMs: 2_000 });
    await world.pass(1_000);
    expect(old.alive).toBe(true);
    await anna.send('while moving');
    await world.everyoneSees(people, 'while moving');
    await world.until(() => !old.alive && ben.active, 'ben has moved');
    expect(ben.notices).toEqual(['DRAINING']);
  });

  it('goes on unseen in a later generation of the same group', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const { rooms, faults } = world.gateway;
    const [sync, send] = [rooms.sync.bind(rooms), rooms.send.bind(rooms)];
    const generation = generationOf(world, anna);
    const current = generation + 1;
    const later = <T extends { generation: number }>(position: T): T => ({
      ...position,
      generation: current,
    });
    rooms.sync = async (seat, from) => {
      const page = await sync(seat, { ...from, generation });
      return { ...page, head: later(page.head) };
    };
    rooms.send = async (seat, request) => {
      const { answer, hint } = await send(seat, { ...request, generation });
      return { answer: later(answer), hint: hint && later(hint) };
    };
    faults.requests((_connection, event, payload) => {
      const isOld = event === 'send_message' && (payload as { generation: number }).generation === generation;
      return isOld ? { code: 'ERR_GENERATION', message: '', current } : undefined;
    });
    const mids = people.map(({ self }) => self.mid);
    await anna.send('from the old one');
    await ben.send('from here too');
    await world.everyoneSees(people, 'from the old one', 'from here too');
    expect(people.map(({ self }) => self.mid)).toEqual(mids);
    expect(people.flatMap(({ alarms }) => alarms)).toEqual([]);
    expect(people.some((person) => person.told('reinit') || person.told('rejoined'))).toBe(false);
  });

  it('comes back by itself when the room has begun anew, and is told', async () => {
    const { world, people } = await pair();
    const { rooms } = world.gateway;
    const sync = rooms.sync.bind(rooms);
    const old = generationOf(world, people[0]);
    const generation = old + 8;
    rooms.sync = async (seat, from) => {
      const page = await sync(seat, from);
      return from.generation === old ? { recovered: false, head: { ...page.head, generation } } : page;
    };
    const payload = { generation, seq: 0 };
    for (const { self } of people) world.gateway.connectionOf(self.mid).emit({ name: 'room_head', payload });
    await world.until(() => people.every((person) => person.told('reinit') && person.active), 'both are in');
    await world.until(() => people.every(({ members }) => members.length === 2), 'they see each other');
    await people[0].send('here again');
    await world.everyoneSees(people, 'here again');
  });

  it('gives up when that happens again and again', async () => {
    const { world, people } = await pair();
    const [, ben] = people;
    const { rooms } = world.gateway;
    const sync = rooms.sync.bind(rooms);
    rooms.sync = async (seat, from) => ({ recovered: false, head: (await sync(seat, from)).head });
    const payload = { generation: generationOf(world, ben) + 8, seq: 0 };
    world.gateway.connectionOf(ben.self.mid).emit({ name: 'room_head', payload });
    await world.until(() => ben.connection.state === 'closed', 'it ended');
    expect(ben.connection).toEqual({ state: 'closed', code: 'GENERATION' });
    await expect(ben.send('lost')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });

  it('ends when the server no longer knows the room after a long time', async () => {
    const { world, people } = await pair();
    const [, ben] = people;
    world.gateway.faults.setUnreachable(true);
    world.gateway.connectionOf(ben.self.mid).cut();
    await world.pass(301_000);
    world.gateway.faults.setUnreachable(false);
    const error = { code: 'ERR_ROOM_NOT_FOUND' as const, message: 'no such room' };
    world.gateway.faults.refuseNext('join_room', error);
    await ben.client.reconnect();
    await world.until(() => ben.connection.state === 'closed', 'it ended');
    expect(ben.connection).toEqual({ state: 'closed', code: 'ROOM_GONE' });
  });
});

describe('a commit', () => {
  it('counts although its acknowledgement and the connection were lost', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    const [anna] = people;
    const ben = world.person();
    await world.settled(ben.join({ code: invitation.code }));
    const commits = (): number => world.gateway.seen.filter((frame) => kindOf(frame) === 'commit').length;
    const committed = (): boolean => commits() > 0;
    // All of its requests are answered but the last one.
    world.gateway.faults.requests((_connection, event, payload) => {
      if (event === 'share_session_key' && kindOf(payload) === 'commit' && commits() === 1)
        world.gateway.faults.loseNextAck('share_session_key');
      return undefined;
    });
    await world.until(committed, 'the commit was sent');
    world.gateway.connectionOf(anna!.self.mid).cut();
    await world.until(() => ben.active && anna!.active && anna!.members.length === 2, 'both are in');
    await ben.send('in');
    await world.everyoneSees([anna!, ben], 'in');
  });

  it('is left to the next member when the first one vanishes in the middle of it', async () => {
    const world = new World();
    const { invitation, people } = await world.room(2);
    const ben = world.person();
    await world.settled(ben.join({ code: invitation.code }));
    let committer: FakeConnection | undefined;
    world.gateway.faults.requests((connection, _event, payload) => {
      if (kindOf(payload) !== 'commit' || committer) return undefined;
      committer = connection;
      world.gateway.faults.setUnreachable(true);
      connection.cut();
      return { code: 'ERR_BUSY', message: 'cut off' };
    });
    const before = world.clock.now();
    await world.until(() => ben.active, 'ben is in');
    expect(committer).toBeDefined();
    expect(world.clock.now() - before).toBeLessThan(8_000);
    world.gateway.faults.setUnreachable(false);
    await world.until(() => people.every(({ active }) => active), 'everybody is back');
    await ben.send('thanks');
    await world.everyoneSees([...people, ben], 'thanks');
  });
});

describe('an empty room', () => {
  it('is founded anew by the founder who comes back with the link', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    await people[0]!.send('gone with the group');
    await world.settled(people[0]!.client.leave());
    const again = world.person();
    await world.settled(again.join({ code: invitation.code }));
    await world.until(() => again.active, 'the room stands again');
    expect(again.membership).toMatchObject({ step: 'active', foundedAnew: true });
    expect(again.told('foundedAnew')).toBe(true);
    expect(again.texts).toEqual([]);
    const ben = await world.joins(invitation);
    await ben.send('hello again');
    await world.everyoneSees([again, ben], 'hello again');
    expect(ben.membership).toMatchObject({ foundedAnew: false });
  });

  it('is founded by one of two who come at the same time; the other is let in', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    await world.settled(people[0]!.client.leave());
    const both = [world.person(), world.person()];
    await world.settled(Promise.all(both.map((one) => one.join({ code: invitation.code }))));
    await world.until(
      () => both.every(({ active, members }) => active && members.length === 2),
      'both are in',
    );
    await both[0]!.send('one group');
    await world.everyoneSees(both, 'one group');
    const anew = both.map(({ membership }) => membership.step === 'active' && membership.foundedAnew);
    expect(anew.sort()).toEqual([false, true]);
  });
});
