import { describe, expect, it } from '@jest/globals';
import { FrameType } from '@bytechat/protocol';
import { World, type Participant } from '@bytechat/testing';
import type { ServerEvent } from '../transport.ts';

type Pair = [anna: Participant, ben: Participant];

async function pair(): Promise<{ world: World; people: Pair; code: string }> {
  const world = new World();
  const { invitation, people } = await world.room(1);
  return { world, people: people as Pair, code: invitation.code };
}

const isItem = ({ name }: ServerEvent): boolean =>
  name === 'new_message' || name === 'session_key_received' || name === 'room_head';

/** The server tells this person nothing new any more, whatever is asked, and lets no heartbeat through. */
function withholdFrom(world: World, person: Participant): void {
  const target = world.gateway.connectionOf(person.self.mid);
  const { mid } = target.seat!;
  const { rooms } = world.gateway;
  const honest = rooms.sync.bind(rooms);
  world.gateway.faults.hints((connection, event) => (connection === target && isItem(event) ? 0 : undefined));
  world.gateway.faults.requests((connection, event, payload) => {
    const isBeat =
      event === 'send_message' && (payload as { env: Uint8Array }).env[3] === FrameType.EPHEMERAL;
    return connection === target && isBeat ? { code: 'ERR_RATE', message: '' } : undefined;
  });
  rooms.sync = async (seat, from) => {
    const page = await honest(seat, from);
    if (seat.mid !== mid || !page.recovered) return page;
    return { ...page, items: [], more: false, head: { ...page.head, seq: from.seq } };
  };
}

function envelopes(world: World, type: number): number {
  return world.gateway.seen.filter((frame) => (frame as { env?: Uint8Array } | null)?.env?.[3] === type)
    .length;
}

describe('members who are silent', () => {
  it('show each other now and then that they see the same', async () => {
    const { world, people } = await pair();
    await world.pass(90_000);
    for (const { security } of people) {
      expect(security?.inSync).toMatchObject({ members: 1, of: 1 });
      expect(world.clock.now() - security!.inSync.lastProofAt!).toBeLessThan(26_000);
    }
    const beats = envelopes(world, FrameType.EPHEMERAL);
    expect(beats).toBeGreaterThanOrEqual(6);
    expect(beats).toBeLessThanOrEqual(14);
    expect(
      people.flatMap(({ alarms, lines }) => [...alarms, ...lines.filter(({ kind }) => kind === 'gap')]),
    ).toEqual([]);
  });

  it('send nothing when they are alone', async () => {
    const world = new World();
    await world.room(0);
    await world.pass(120_000);
    expect(envelopes(world, FrameType.EPHEMERAL)).toBe(0);
  });

  it('do not beat while they talk', async () => {
    const { world, people } = await pair();
    for (let i = 0; i < 20; i++) {
      await people[0].send(`word ${i}`);
      await people[1].send(`answer ${i}`);
      await world.pass(5_000);
    }
    expect(envelopes(world, FrameType.EPHEMERAL)).toBe(0);
  });

  it('do not keep a message waiting when the server has no time for a heartbeat', async () => {
    const { world, people } = await pair();
    let refused = 0;
    world.gateway.faults.requests((_connection, event, payload) => {
      if (event !== 'send_message' || (payload as { env: Uint8Array }).env[3] !== FrameType.EPHEMERAL)
        return undefined;
      refused++;
      return { code: 'ERR_RATE', message: '', retryAfterMs: 10_000 };
    });
    await world.until(() => refused > 0, 'a heartbeat was refused');
    const before = world.clock.now();
    await people[0].send('at once');
    await people[1].send('me too');
    await world.everyoneSees(people, 'at once', 'me too');
    expect(world.clock.now() - before).toBeLessThan(1_000);
  });
});

describe('a message', () => {
  it('has its second tick when another member has acknowledged it, and not before', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    await anna.send('did you get this?');
    await world.everyoneSees(people, 'did you get this?');
    expect(anna.stateOf('did you get this?')).toBe('sent');
    await ben.send('yes');
    await world.everyoneSees(people, 'yes');
    expect(anna.stateOf('did you get this?')).toBe('delivered');
    expect(ben.stateOf('did you get this?')).toBe('sent');
    expect(ben.stateOf('yes')).toBe('sent');
    await world.until(() => ben.stateOf('yes') === 'delivered', 'anna acknowledges by a heartbeat');
  });
});

describe('claim 9: a server that keeps silent to one member', () => {
  it('is noticed after a minute; what is written then waits for the person', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    await world.pass(30_000);
    withholdFrom(world, ben);
    const since = world.clock.now();
    await world.until(() => ben.alarms.includes('STALE'), 'ben is alarmed');
    expect(world.clock.now() - since).toBeLessThanOrEqual(65_000);
    expect(world.clock.now() - since).toBeGreaterThan(30_000);
    await ben.send('is anybody there?');
    await world.pass(30_000);
    expect(ben.stateOf('is anybody there?')).toBe('sending');
    expect(anna.texts).toEqual([]);
    expect(ben.security?.inSync).toMatchObject({ members: 0, of: 1 });
    await ben.client.resumeSending();
    await world.until(() => anna.sees('is anybody there?'), 'anna reads it');
  });

  it('is no reason to wait any more when a proof comes after all', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const target = world.gateway.connectionOf(ben.self.mid);
    const speaks = world.gateway.faults.hints((connection, event) =>
      connection === target && isItem(event) ? 0 : undefined,
    );
    await world.until(() => ben.alarms.includes('STALE'), 'ben is alarmed');
    await ben.send('hello?');
    expect(ben.stateOf('hello?')).toBe('sending');
    speaks();
    await world.everyoneSees([anna, ben], 'hello?');
    expect(ben.alarms).toEqual(['STALE']);
    expect(ben.events.filter(({ type }) => type === 'alarmEnded')).toEqual([
      { type: 'alarmEnded', code: 'STALE' },
    ]);
  });

  it('is no alarm for whoever is alone, or offline', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    world.gateway.faults.setUnreachable(true);
    world.gateway.connectionOf(ben.self.mid).cut();
    await world.pass(200_000);
    expect([...anna.alarms, ...ben.alarms]).toEqual([]);
  });
});

describe('keys that nobody renews although people write', () => {
  it('are an alarm after twice their life, which tells since when and ends with the next change', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    await anna.send('here');
    await world.everyoneSees(people, 'here');
    const stop = world.gateway.faults.requests((_connection, event, payload) =>
      event === 'share_session_key' && (payload as { kind: string }).kind === 'stage'
        ? { code: 'ERR_BUSY', message: '', retryAfterMs: 1_000 }
        : undefined,
    );
    const since = world.clock.now();
    await world.until(() => people.every(({ alarms }) => alarms.length > 0), 'both are alarmed', 1_300_000);
    const told = ben.events.find((event) => event.type === 'alarm');
    expect(told).toMatchObject({ code: 'STALE', cause: 'oldKeys' });
    expect(world.clock.now() - since).toBeLessThanOrEqual(1_200_000);
    await ben.send('waits');
    expect(ben.stateOf('waits')).toBe('sending');
    stop();
    await world.until(
      () => people.every(({ events }) => events.some(({ type }) => type === 'alarmEnded')),
      'it is over',
    );
    await world.everyoneSees(people, 'waits');
    expect([anna.alarms, ben.alarms]).toEqual([['STALE'], ['STALE']]);
  });
});

describe('two members who have seen different sequences', () => {
  it('can go on when the person has read the alarm and says so', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const target = world.gateway.connectionOf(ben.self.mid);
    const stop = world.gateway.faults.hints((connection, { name, payload }) => {
      if (connection !== target || name !== 'new_message') return undefined;
      stop();
      const env = Uint8Array.from(payload.env);
      env[40]! ^= 1;
      queueMicrotask(() => target.emit({ name, payload: { ...payload, env } }));
      return 0;
    });
    await anna.send('the truth');
    await world.until(() => ben.told('unreadable'), 'ben is told');
    await ben.send('pardon?');
    await world.until(() => anna.alarms.includes('FORK'), 'anna is alarmed');
    const alarm = anna.events.find((event) => event.type === 'alarm');
    expect(alarm).toMatchObject({ by: { mid: ben.self.mid, name: ben.self.name } });
    await expect(anna.send('no')).rejects.toMatchObject({ code: 'ERR_FORK' });
    await anna.client.resumeSending();
    await anna.send('all the same');
    await world.until(() => ben.texts.includes('all the same'), 'ben reads it');
    expect(ben.alarms).toEqual(['FORK']);
    await expect(ben.send('no')).rejects.toMatchObject({ code: 'ERR_FORK' });
    await ben.client.resumeSending();
    await ben.send('yes?');
    await world.until(() => anna.texts.includes('yes?'), 'anna reads on');
    expect([anna.alarms, ben.alarms]).toEqual([['FORK'], ['FORK']]);
  });
});

describe('a message that comes twice', () => {
  it('is refused, and the person is told that somebody tried', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const hints: ServerEvent[] = [];
    world.gateway.faults.hints((_connection, event) => {
      if (event.name === 'new_message') hints.push(event);
      return undefined;
    });
    await anna.send('once');
    await world.everyoneSees(people, 'once');
    const [hint] = hints;
    if (hint?.name !== 'new_message') throw new Error('There was no hint.');
    const payload = { ...hint.payload, seq: hint.payload.seq + 1 };
    world.gateway.connectionOf(ben.self.mid).emit({ name: 'new_message', payload });
    await world.until(() => ben.alarms.includes('REPLAY'), 'ben is alarmed');
    expect(ben.texts).toEqual(['once']);
  });
});
