import { describe, expect, it } from '@jest/globals';
import { compareSafetyCodes } from '@bytechat/crypto';
import type { Bytes } from '@bytechat/protocol';
import type { Participant } from '../client/participant.ts';
import { isMessage, withholding } from './attacks.ts';
import { RoomUnderAttack } from './room-under-attack.ts';
import { SplitRoom } from './split-room.ts';

type Four = readonly ['anna', 'ben', 'carl', 'dora'];
const FOUR: Four = ['anna', 'ben', 'carl', 'dora'];

/** Anna and ben go on in the real room, carl and dora in one of the relay's own. */
async function splitRoom() {
  const { room, people } = await RoomUnderAttack.of([...FOUR, 'eve']);
  const [anna] = people;
  await anna.send('together');
  await room.world.everyoneSees(people, 'together');
  const { seat } = room.world.gateway.connectionOf(anna.self.mid);
  const { head } = await room.world.gateway.rooms.sync(seat!, { generation: 1, seq: 0 });
  const split = new SplitRoom({
    half: ['carl', 'dora'],
    slots: { carl: 2, dora: 3 },
    at: head,
    now: () => room.world.clock.now(),
    lines: () => room.relay.lines,
  });
  return { room, people, split };
}

describe('claim 8: a server that shows two halves of a room different sequences', () => {
  it('is found out with the first message that it carries over', async () => {
    const { room, people, split } = await splitRoom();
    const [anna, ben, carl, dora] = people;
    room.relay.attack(split);
    await anna.send('we leave at eight');
    await carl.send('we stay');
    await room.world.until(() => ben.sees('we leave at eight') && dora.sees('we stay'), 'each half talks');
    const carried: Bytes[] = [];
    room.relay.attack({
      down: (event) => {
        if (isMessage(event)) carried.push(event.payload.env);
        return [event];
      },
    });
    await anna.send('agreed?');
    await room.world.until(() => carried.length > 0, 'anna has written');
    split.smuggle(carried[0]!);
    await room.world.until(
      () => carl.alarms.includes('FORK') && dora.alarms.includes('FORK'),
      'both are alarmed',
    );
    for (const person of [carl, dora])
      await expect(person.send('no')).rejects.toMatchObject({ code: 'ERR_FORK' });
  });

  it('can not let them talk across once each half has followed a commit of its own', async () => {
    const { room, people, split } = await splitRoom();
    const [anna, ben, carl, dora, eve] = people;
    room.relay.attack(split);
    await room.world.settled(eve.client.leave());
    const line = room.relay.lineOf('carl');
    line.tell({
      name: 'user_left',
      payload: { kind: 'left', idx: 4, mid: midOf(eve), reason: 'left' },
    });
    await room.world.until(
      () => [anna, ben, carl, dora].every(({ members }) => members.length === 4),
      'both halves have removed eve',
    );
    expect([carl.membership, dora.membership]).toEqual([anna.membership, ben.membership]);
    const carried: Bytes[] = [];
    room.relay.attack({
      down: (event) => {
        if (isMessage(event)) carried.push(event.payload.env);
        return [event];
      },
    });
    await anna.send('only for us');
    await room.world.until(() => ben.sees('only for us') && carried.length > 0, 'ben reads it');
    split.smuggle(carried[0]!);
    await room.world.until(() => carl.told('unreadable') && dora.told('unreadable'), 'they can not read it');
    expect([...carl.texts, ...dora.texts]).not.toContain('only for us');
    const [codeOfAnna, codeOfCarl] = [await anna.client.safety(), await carl.client.safety()];
    expect(codeOfAnna.words).toEqual(codeOfCarl.words);
    expect(compareSafetyCodes(codeOfAnna.qr, codeOfCarl.qr)).toBe('fork');
  });
});

describe('claim 9: a server that cuts one member off without a word', () => {
  it('is noticed within a minute or so; nothing is sent into the silence', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben', 'carl']);
    const [anna, , carl] = people;
    await room.world.pass(30_000);
    room.relay.attack(withholding('carl'));
    const since = room.world.clock.now();
    await anna.send('carl must not know');
    await room.world.until(() => carl.alarms.includes('STALE'), 'carl is alarmed');
    expect(room.world.clock.now() - since).toBeLessThanOrEqual(65_000);
    await carl.send('my secret');
    await room.world.pass(20_000);
    expect(carl.stateOf('my secret')).toBe('sending');
    expect(anna.texts).not.toContain('my secret');
  });
});

/** The member id that somebody had in the room, in bytes. */
function midOf({ events }: Participant): Bytes {
  const own = events
    .flatMap((event) => (event.type === 'members' ? event.members : []))
    .find(({ self }) => self);
  return Uint8Array.from(Buffer.from(own?.mid ?? '', 'hex'));
}
