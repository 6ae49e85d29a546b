import { describe, expect, it } from '@jest/globals';
import {
  altering,
  delaying,
  exchanging,
  hiding,
  isMessage,
  repeating,
  swallowing,
  type MessageEvent,
} from './attacks.ts';
import { RoomUnderAttack } from './room-under-attack.ts';

describe('claim 4: a server that changes a message on its way', () => {
  it.each([26, 100, 297])('shows nothing in its place, and is found out (byte %i)', async (at) => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben']);
    const [anna, ben] = people;
    const stop = room.relay.attack(altering('ben', at));
    await anna.send('pay 10');
    await room.world.until(() => ben.told('unreadable'), 'ben is told');
    stop();
    expect(ben.texts).toEqual([]);
    await ben.send('what was that?');
    await room.world.until(() => anna.alarms.includes('FORK'), 'anna learns of it');
  });
});

describe('claim 5: a server that repeats messages', () => {
  it('shows none of them twice, and somebody is told', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben']);
    const [anna, ben] = people;
    room.relay.attack(repeating('ben'));
    await anna.send('once');
    await room.world.until(() => ben.alarms.includes('REPLAY'), 'ben is alarmed');
    expect(ben.texts).toEqual(['once']);
    await ben.send('did you say that twice?');
    await room.world.until(() => anna.alarms.includes('FORK'), 'anna learns that ben was shown more');
  });

  it('gets nothing shown in another room, however it numbers it', async () => {
    const one = await RoomUnderAttack.of(['anna', 'ben']);
    const two = await RoomUnderAttack.of(['carl', 'dora']);
    const heard: MessageEvent[] = [];
    one.room.relay.attack({
      down: (event) => {
        if (isMessage(event)) heard.push(event);
        return [event];
      },
    });
    await one.people[0].send('yes');
    await one.room.world.everyoneSees(one.people, 'yes');
    const dora = two.people[1];
    await two.people[0].send('a question');
    await two.room.world.everyoneSees(two.people, 'a question');
    for (const seq of [3, 4, 5]) {
      const payload = { ...heard[0]!.payload, seq };
      two.room.relay.lineOf('dora').tell({ name: 'new_message', payload });
    }
    await two.room.world.pass(10_000);
    expect(dora.texts).toEqual(['a question']);
  });
});

describe('claim 6: a server that shows one member another order', () => {
  it('is found out with the next message that anybody writes', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben', 'carl']);
    const [anna, ben, carl] = people;
    room.relay.attack(exchanging('ben'));
    await anna.send('Shall we sell?');
    await room.world.until(() => carl.texts.length === 1, 'carl reads the question');
    await carl.send('yes');
    await room.world.until(() => carl.stateOf('yes') === 'sent', 'carl has answered');
    await anna.send('fine');
    await room.world.until(() => ben.alarms.includes('FORK'), 'ben is alarmed');
    await expect(ben.send('what?')).rejects.toMatchObject({ code: 'ERR_FORK' });
  });
});

describe('claim 7: a server that leaves messages out', () => {
  it('is found out when it hides one from one member and closes the gap in every number', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben', 'carl']);
    const [anna, ben, carl] = people;
    await anna.send('first');
    await room.world.everyoneSees(people, 'first');
    room.relay.attack(hiding('ben'));
    await anna.send('do not sign');
    await room.world.until(() => carl.sees('do not sign'), 'carl reads it');
    await anna.send('see you');
    await room.world.until(() => ben.alarms.length >= 2, 'ben is alarmed');
    expect([...ben.alarms].sort()).toEqual(['FORK', 'GAP']);
    expect(ben.texts).toEqual(['first', 'see you']);
  });

  it('is found out when it swallows one for all: the next one of its sender tells', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben']);
    const [anna, ben] = people;
    await anna.send('first');
    await room.world.everyoneSees(people, 'first');
    const place = { generation: 1, seq: 3, at: room.world.clock.now() };
    const stop = room.relay.attack(swallowing('anna', () => place));
    await anna.send('swallowed');
    await room.world.until(() => anna.stateOf('swallowed') === 'sent', 'anna believes it');
    stop();
    await ben.send('anybody?');
    await anna.send('did you read it?');
    await room.world.until(() => ben.alarms.includes('FORK'), 'ben is alarmed');
    expect(ben.texts).not.toContain('swallowed');
  });

  it('changes nothing when it only delays them', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben']);
    const [anna, ben] = people;
    const late = delaying('ben');
    room.relay.attack(late.attack);
    await anna.send('one');
    await anna.send('two');
    await room.world.pass(5_000);
    expect(ben.texts).toEqual([]);
    late.release();
    await room.world.everyoneSees(people, 'one', 'two');
    expect([...anna.alarms, ...ben.alarms]).toEqual([]);
    expect(ben.texts).toEqual(['one', 'two']);
  });
});
