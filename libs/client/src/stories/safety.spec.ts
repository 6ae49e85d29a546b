import { describe, expect, it } from '@jest/globals';
import { compareSafetyCodes } from '@bytechat/crypto';
import { World, type Participant } from '@bytechat/testing';
import type { SystemLine } from '../api.ts';

const warnings = ({ lines }: Participant): Extract<SystemLine, { kind: 'sameName' }>[] =>
  lines.filter((line): line is Extract<SystemLine, { kind: 'sameName' }> => line.kind === 'sameName');

async function enter(world: World, code: string, name: string): Promise<Participant> {
  const person = world.person();
  await world.settled(person.join({ code, name }));
  await world.until(() => person.active, `${name} is in`);
  return person;
}

describe('people who compare what they see', () => {
  it('have the same twelve words and the same code, and each other’s fingerprints', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const seen = await Promise.all(people.map(({ client }) => client.safety()));
    expect(seen[0]!.words).toHaveLength(12);
    for (const { words, qr, members } of seen) {
      expect(words).toEqual(seen[0]!.words);
      expect(compareSafetyCodes(seen[0]!.qr, qr)).toBe('same');
      expect(members.map(({ mid, fingerprint }) => [mid, fingerprint])).toEqual(
        seen[0]!.members.map(({ mid, fingerprint }) => [mid, fingerprint]),
      );
    }
    expect(seen[0]!.members.map(({ mid }) => mid)).toEqual(people.map(({ self }) => self.mid));
    expect(new Set(seen[0]!.members.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    for (const { fingerprint } of seen[0]!.members) expect(fingerprint).toMatch(/^(\d{5} ){11}\d{5}$/);
  });

  it('have other words as soon as somebody comes or goes', async () => {
    const world = new World();
    const { invitation, people } = await world.room(1);
    const [anna] = people;
    const two = (await anna!.client.safety()).words;
    const carl = await world.joins(invitation);
    const three = (await anna!.client.safety()).words;
    expect(three).not.toEqual(two);
    await world.settled(carl.client.leave());
    await world.until(() => anna!.members.length === 2, 'carl is gone');
    expect((await anna!.client.safety()).words).toEqual(two);
  });

  it('mark whom they have checked, for themselves and for this stay', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const [anna, ben, carl] = people as [Participant, Participant, Participant];
    expect(anna.security?.verified).toEqual({ members: 0, of: 2 });
    await anna.client.verify(ben.self.mid, true);
    expect(anna.security?.verified).toEqual({ members: 1, of: 2 });
    expect((await anna.client.safety()).members.map(({ verified }) => verified)).toEqual([
      false,
      true,
      false,
    ]);
    expect(ben.security?.verified).toEqual({ members: 0, of: 2 });
    await anna.client.verify(carl.self.mid, true);
    await anna.client.verify(ben.self.mid, false);
    expect(anna.security?.verified).toEqual({ members: 1, of: 2 });
    await world.settled(carl.client.leave());
    await world.until(() => anna.members.length === 2, 'carl is gone');
    expect(anna.security?.verified).toEqual({ members: 0, of: 1 });
  });

  it('can not do it outside of a room', async () => {
    const world = new World();
    const anna = world.person();
    await expect(anna.client.safety()).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    await expect(anna.client.verify('00', true)).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });
});

describe('a name that two have borne', () => {
  it('is pointed out when the second one comes, to all the others', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    const [anna] = people;
    const ben = await enter(world, invitation.code, 'Ben');
    await world.until(() => anna!.members.some(({ name }) => name === 'Ben'), 'anna knows ben');
    expect(warnings(anna!)).toEqual([]);
    const second = await enter(world, invitation.code, 'ＢＥＮ');
    await world.until(() => warnings(anna!).length > 0 && warnings(ben).length > 0, 'both are warned');
    for (const person of [anna!, ben])
      expect(warnings(person)).toMatchObject([{ mid: second.self.mid, name: 'ＢＥＮ' }]);
  });

  it('is pointed out although the first one has gone', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    const [anna] = people;
    const ben = await enter(world, invitation.code, 'Ben');
    await world.until(() => anna!.members.some(({ name }) => name === 'Ben'), 'anna knows ben');
    await world.settled(ben.client.leave());
    await world.until(() => anna!.members.length === 1, 'ben is gone');
    const again = await enter(world, invitation.code, 'Ben');
    await world.until(() => warnings(anna!).length > 0, 'anna is warned');
    expect(warnings(anna!)).toMatchObject([{ mid: again.self.mid, name: 'Ben' }]);
  });

  it('is no news when somebody says the own name again', async () => {
    const world = new World();
    const { invitation, people } = await world.room(0);
    const ben = await enter(world, invitation.code, 'Ben');
    await ben.client.keepAlive();
    await world.joins(invitation);
    await world.pass(10_000);
    expect([people[0]!, ben].flatMap(warnings)).toEqual([]);
  });
});

describe('an owner who goes', () => {
  it('is followed by whoever has been there longest, who may kick from then on', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const [anna, ben, carl] = people as [Participant, Participant, Participant];
    expect(people.map(({ security }) => security?.canKick)).toEqual([true, false, false]);
    await world.settled(anna.client.leave());
    await world.until(() => ben.self.owner, 'ben is the owner');
    await world.until(() => carl.members.some(({ mid, owner }) => owner && mid === ben.self.mid), 'for all');
    expect([ben, carl].map(({ security }) => security?.canKick)).toEqual([true, false]);
    await world.settled(ben.client.kick(carl.self.mid));
    await world.until(() => carl.connection.state === 'closed', 'carl is out');
  });
});
