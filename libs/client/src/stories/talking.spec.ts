import { describe, expect, it } from '@jest/globals';
import { World } from '@bytechat/testing';

describe('people in a room', () => {
  it('talk, and everybody sees the same names', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const [anna, ben] = people as [(typeof people)[0], (typeof people)[0]];
    await anna.send('hello');
    await ben.send('hi');
    await world.everyoneSees(people, 'hello', 'hi');
    expect(ben.messages.find(({ text }) => text === 'hello')).toMatchObject({
      own: false,
      mid: anna.self.mid,
      name: anna.self.name,
    });
    expect(anna.messages.find(({ text }) => text === 'hello')).toMatchObject({ own: true, state: 'sent' });
    expect(anna.members.map(({ name }) => name)).toEqual(ben.members.map(({ name }) => name));
    expect(anna.members.filter(({ owner }) => owner)).toHaveLength(1);
  });

  it('let a third one in, who reads what comes after and nothing from before', async () => {
    const world = new World();
    const { invitation, people } = await world.room(1, { password: 'correct horse', history: 'none' });
    await people[0]!.send('before');
    await world.everyoneSees(people, 'before');
    const carl = await world.joins(invitation, 'correct horse');
    await people[1]!.send('after');
    await carl.send('I am here');
    await world.everyoneSees([...people, carl], 'after', 'I am here');
    expect(carl.texts).not.toContain('before');
    expect(people[0]!.told('joined')).toBe(true);
  });

  it('go on under new keys when one leaves, who could not read them', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const [anna, ben, carl] = people;
    const epoch = anna!.membership.step === 'active' ? anna!.membership.epoch : 0;
    const frames = world.gateway.seen.length;
    await world.settled(carl!.client.leave());
    await world.until(() => anna!.members.length === 2 && ben!.members.length === 2, 'the leaver is gone');
    expect(anna!.membership).toMatchObject({ step: 'active', epoch: epoch + 1 });
    expect(anna!.lines.at(-1)).toMatchObject({ kind: 'left' });
    const commits = world.gateway.seen
      .slice(frames)
      .filter((frame) => (frame as { kind?: string }).kind === 'commit');
    expect(commits).toHaveLength(1);
    expect(commits[0]).toMatchObject({ rekey: true, adds: [] });
    await anna!.send('without carl');
    await world.everyoneSees([anna!, ben!], 'without carl');
    expect(carl!.texts).not.toContain('without carl');
  });

  it('lets several newcomers in with one commit when they come together', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    const newcomers = [world.person(), world.person(), world.person()];
    await world.settled(Promise.all(newcomers.map((one) => one.join({ code: invitation.code }))));
    await world.until(() => newcomers.every(({ active }) => active), 'all are in');
    expect(people[0]!.membership).toMatchObject({ epoch: 1 });
    await newcomers[2]!.send('four of us');
    await world.everyoneSees([...people, ...newcomers], 'four of us');
  });

  it('settle on one commit when two act at the same moment, and nobody is lost', async () => {
    const world = new World({ seed: 3 });
    const { invitation, people } = await world.room(1);
    // Each believes to be alone, so both act first.
    const stop = world.gateway.faults.hints((_connection, { name, payload }) =>
      name === 'user_joined' && (payload as { kind: string }).kind === 'present' ? 0 : undefined,
    );
    for (const person of people)
      for (const member of person.members.filter(({ self }) => !self))
        world.gateway.connectionOf(person.self.mid).emit({
          name: 'user_left',
          payload: { kind: 'away', idx: member.idx, mid: Uint8Array.from(Buffer.from(member.mid, 'hex')) },
        });
    const newcomers = [world.person(), world.person()];
    await world.settled(Promise.all(newcomers.map((one) => one.join({ code: invitation.code }))));
    await world.until(() => newcomers.every(({ active }) => active), 'both are in');
    stop();
    const everybody = [...people, ...newcomers];
    for (const person of everybody) await person.send(`from ${person.self.name}`);
    await world.everyoneSees(everybody, ...everybody.map(({ self }) => `from ${self.name}`));
    expect(
      new Set(everybody.map(({ membership }) => JSON.stringify({ ...membership, foundedAnew: false }))).size,
    ).toBe(1);
  });

  it('call each other by the names they choose, newcomers included', async () => {
    const world = new World();
    const anna = world.person();
    const invitation = await world.settled(anna.create({ name: '  Anna\u202e  Müller ' }));
    await world.until(() => anna.active, 'the room stands');
    const ben = world.person();
    await world.settled(ben.join({ code: invitation.code, name: 'Ben' }));
    const names = (): string[][] => [anna, ben].map(({ members }) => members.map(({ name }) => name).sort());
    await world.until(
      () => names().every((list) => list.join() === 'Anna Müller,Ben'),
      'both know both names',
    );
    await ben.send('hi Anna');
    await world.everyoneSees([anna, ben], 'hi Anna');
    expect(anna.messages[0]).toMatchObject({ name: 'Ben' });
    expect(anna.lines.find(({ kind }) => kind === 'renamed')).toMatchObject({ name: 'Ben' });
    expect(ben.told('renamed')).toBe(false);
  });

  it('see who is away and who is back', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const [anna, ben] = people;
    const { mid } = ben!.self;
    const presence = (): boolean | undefined => anna!.members.find((one) => one.mid === mid)?.present;
    world.gateway.faults.setUnreachable(true);
    world.gateway.connectionOf(mid).cut();
    await world.until(() => presence() === false, 'ben is away');
    world.gateway.faults.setUnreachable(false);
    await world.settled(ben!.client.reconnect());
    await world.until(() => presence() === true, 'ben is back');
    expect(anna!.members).toHaveLength(2);
  });

  it('lose messages from their screens when their time is over', async () => {
    const world = new World();
    const { people } = await world.room(1, { ttlSeconds: 60 });
    await people[0]!.send('for a minute');
    await world.everyoneSees(people, 'for a minute');
    await world.pass(58_000);
    expect(people.map(({ texts }) => texts)).toEqual([['for a minute'], ['for a minute']]);
    await world.pass(3_000);
    expect(people.map(({ texts }) => texts)).toEqual([[], []]);
  });
});
