import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';
import type { ServerToClient } from '@bytechat/protocol';
import type { ServerEvent, TransportFactory } from '../transport.ts';

type Pair = [Participant, Participant];
type MessageHint = ServerToClient['new_message'];

async function pair(): Promise<{ world: World; people: Pair; code: string }> {
  const world = new World();
  const { invitation, people } = await world.room(1);
  return { world, people: people as Pair, code: invitation.code };
}

/** How often somebody has tried to change the room. */
const commits = (world: World): number =>
  world.gateway.seen.filter((frame) => {
    const { kind } = (frame ?? {}) as { kind?: string };
    return kind === 'commit' || kind === 'stage';
  }).length;

describe('a server that lies', () => {
  it('is found out when it changes a message: nothing is shown in its place', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const target = world.gateway.connectionOf(ben.self.mid);
    let changed = false;
    world.gateway.faults.hints((connection, { name, payload }) => {
      if (connection !== target || name !== 'new_message' || changed) return undefined;
      changed = true;
      const { env } = payload;
      const forged = Uint8Array.from(env);
      forged[40]! ^= 1;
      queueMicrotask(() => target.emit({ name, payload: { ...payload, env: forged } }));
      return 0;
    });
    await anna.send('the truth');
    await world.until(() => ben.told('unreadable'), 'ben is told');
    expect(ben.texts).toEqual([]);
    await ben.send('what did you say?');
    await world.until(() => anna.alarms.includes('FORK'), 'anna learns that ben saw something else');
    expect(anna.sees('what did you say?')).toBe(true);
    await expect(anna.send('never mind')).rejects.toMatchObject({ code: 'ERR_FORK' });
  });

  it('is found out when it hides a message and closes the gap by other numbers', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const target = world.gateway.connectionOf(ben.self.mid);
    await anna.send('first');
    await world.everyoneSees(people, 'first');
    let hidden: number | undefined;
    world.gateway.faults.hints((connection, { name, payload }) => {
      if (connection !== target || name !== 'new_message') return undefined;
      const hint = payload;
      hidden ??= hint.seq;
      if (hint.seq <= hidden) return hint.env === moved ? undefined : 0;
      moved = hint.env;
      queueMicrotask(() => target.emit({ name, payload: { ...hint, seq: hint.seq - 1 } }));
      return 0;
    });
    let moved: MessageHint['env'] | undefined;
    await anna.send('hidden');
    await anna.send('shown');
    await world.until(() => ben.alarms.length === 2, 'ben is alarmed');
    expect(ben.alarms.sort()).toEqual(['FORK', 'GAP']);
    expect(ben.lines.find(({ kind }) => kind === 'gap')).toMatchObject({ missing: 1 });
    expect(ben.texts).toEqual(['first', 'shown']);
  });

  it('can not show a message twice or make somebody speak who did not', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const hints: MessageHint[] = [];
    world.gateway.faults.hints((_connection, { name, payload }) => {
      if (name === 'new_message') hints.push(payload);
      return undefined;
    });
    await anna.send('once');
    await world.everyoneSees(people, 'once');
    const [hint] = hints;
    world.gateway
      .connectionOf(ben.self.mid)
      .emit({ name: 'new_message', payload: { ...hint!, seq: hint!.seq + 1 } });
    await world.until(() => ben.told('unreadable'), 'the repetition is refused');
    expect(ben.texts).toEqual(['once']);
  });

  it('can not let anybody in who has no link: a forged key package is passed over', async () => {
    const { world, people } = await pair();
    const kp = crypto.getRandomValues(new Uint8Array(573));
    for (const person of people)
      world.gateway
        .connectionOf(person.self.mid)
        .emit({ name: 'user_joined', payload: { kind: 'pending', kp } });
    await world.pass(20_000);
    expect(people.map(({ members }) => members.length)).toEqual([2, 2]);
  });

  it('can not let somebody in again with an old key package', async () => {
    const { world, people, code } = await pair();
    const packages: ServerToClient['user_joined'][] = [];
    world.gateway.faults.hints((_connection, { name, payload }) => {
      const event = payload as ServerToClient['user_joined'];
      if (name === 'user_joined' && event.kind === 'pending') packages.push(event);
      return undefined;
    });
    const carl = world.person();
    await world.settled(carl.join({ code }));
    await world.until(() => carl.active, 'carl is in');
    await world.settled(carl.client.leave());
    await world.until(() => people.every(({ members }) => members.length === 2), 'carl is gone');
    const before = commits(world);
    for (const wait of [0, 310_000]) {
      await world.pass(wait);
      for (const person of people)
        world.gateway.connectionOf(person.self.mid).emit({ name: 'user_joined', payload: packages[0]! });
      await world.pass(20_000);
    }
    expect(commits(world)).toBe(before);
  });

  it('can not let somebody in with a key package that it kept for later', async () => {
    const { world, people, code } = await pair();
    let kept: ServerToClient['user_joined'] | undefined;
    world.gateway.faults.hints((_connection, { name, payload }) => {
      const event = payload as ServerToClient['user_joined'];
      if (name !== 'user_joined' || event.kind !== 'pending' || kept === event) return undefined;
      kept ??= event;
      return 0;
    });
    const carl = world.person();
    await world.settled(carl.join({ code }));
    await world.pass(310_000);
    const before = commits(world);
    for (const person of people)
      world.gateway.connectionOf(person.self.mid).emit({ name: 'user_joined', payload: kept! });
    await world.pass(20_000);
    expect(commits(world)).toBe(before);
  });

  it('can not make a message live longer than its sender said', async () => {
    const { world, people, code } = await pair();
    const carl = world.person({ transport: tampered(world, postponed) });
    await world.settled(carl.join({ code }));
    await world.until(() => carl.active, 'carl is in');
    await people[0].send('for an hour');
    await world.everyoneSees([...people, carl], 'for an hour');
    await world.pass(3_601_000);
    expect(carl.texts).toEqual([]);
  });

  it('can not tell a newcomer other rules than the members have agreed on', async () => {
    const { world, code } = await pair();
    const carl = world.person({ transport: tampered(world, otherRules) });
    await world.settled(carl.join({ code }));
    await world.until(() => carl.membership.step === 'unanswered', 'carl does not go in');
    expect(carl.members).toEqual([]);
  });

  it('can not let anybody into a room of its own: a forged welcome is no welcome', async () => {
    const { world, people, code } = await pair();
    const carl = world.person();
    let forged = false;
    world.gateway.faults.hints((connection, { name, payload }) => {
      const welcome = payload as ServerToClient['session_key_received'];
      if (name !== 'session_key_received' || welcome.kind !== 'welcome' || forged) return undefined;
      forged = true;
      const wrap = crypto.getRandomValues(new Uint8Array(304));
      queueMicrotask(() => connection.emit({ name, payload: { ...welcome, wrap } }));
      return 0;
    });
    await world.settled(carl.join({ code }));
    await world.until(() => carl.membership.step === 'unanswered', 'carl is not in');
    expect(people[0].members).toHaveLength(3);
    await carl.client.reconnect();
    await world.until(() => carl.active, 'carl is in by a true welcome');
    await carl.send('at last');
    await world.everyoneSees([...people, carl], 'at last');
  });

  it('gets nothing out of events that are not what they should be', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const connection = world.gateway.connectionOf(ben.self.mid);
    const commit = {
      kind: 'commit' as const,
      generation: 1,
      seq: 2,
      epoch: 2,
      frame: crypto.getRandomValues(new Uint8Array(300)),
    };
    connection.emit({ name: 'session_key_received', payload: commit });
    connection.emit({
      name: 'new_message',
      payload: { generation: 7, seq: 9, at: 0, env: new Uint8Array(298) },
    });
    await world.pass(5_000);
    await anna.send('undisturbed');
    await world.everyoneSees(people, 'undisturbed');
    expect(ben.alarms).toEqual([]);
  });

  it.each([
    ['is told so by the commit', true],
    ['finds out when it speaks', false],
  ])('makes a removed member who is there only come back: it %s', async (_how, hears) => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const connection = world.gateway.connectionOf(ben.self.mid);
    const { seat } = connection;
    const old = ben.self.mid;
    await world.gateway.handle(connection, 'leave_room', {});
    if (hears) connection.seat = seat;
    await world.until(() => anna.told('left'), 'ben has been removed');
    if (!hears) await ben.send('still here');
    await world.until(() => ben.active && ben.self.mid !== old, 'ben is in again');
    if (hears) await ben.send('still here');
    await world.everyoneSees([anna, ben], 'still here');
    expect(ben.told('rejoined')).toBe(true);
  });
});

describe('the server', () => {
  it('never sees the code, the password, a name or a text', async () => {
    const world = new World();
    const anna = world.person();
    const secrets = { password: 'canary-password-1', name: 'Canary Name', text: 'canary text to nobody' };
    const invitation = await world.settled(anna.create({ name: secrets.name, password: secrets.password }));
    const ben = world.person();
    await world.settled(
      ben.join({ code: invitation.code, password: secrets.password, name: 'Other Canary' }),
    );
    await world.until(() => ben.active && anna.active, 'both are in');
    await anna.send(secrets.text);
    await world.everyoneSees([anna, ben], secrets.text);
    const seen = Buffer.concat(world.gateway.seen.flatMap(bytesIn));
    for (const secret of [...Object.values(secrets), invitation.code, 'Other Canary'])
      for (const encoding of ['utf8', 'utf16le'] as const)
        for (const form of [
          Buffer.from(secret, encoding),
          Buffer.from(Buffer.from(secret, encoding).toString('hex')),
        ])
          expect(seen.includes(form)).toBe(false);
    expect(seen.length).toBeGreaterThan(5_000);
  });
});

/** A way to the gateway on which somebody changes what the server says. */
function tampered(world: World, change: (event: ServerEvent) => ServerEvent): TransportFactory {
  return (endpoint, listener) =>
    world.gateway.connect(endpoint, { ...listener, event: (event) => listener.event(change(event)) });
}

function postponed(event: ServerEvent): ServerEvent {
  if (event.name !== 'new_message') return event;
  return { ...event, payload: { ...event.payload, at: event.payload.at + 86_400_000 } };
}

function otherRules(event: ServerEvent): ServerEvent {
  if (event.name !== 'room_joined') return event;
  const { options } = event.payload;
  const maxima = { ...options.maxima, ttl_s: 86_400 };
  return { ...event, payload: { ...event.payload, options: { ...options, maxima } } };
}

/** Every byte string and text of a payload. */
function bytesIn(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  if (typeof value === 'string') return [Buffer.from(value)];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(bytesIn);
}
