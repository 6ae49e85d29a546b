import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { CONTENT_TYPES, encodeMessageBody, Group, itemHash, type MessageBody } from '@bytechat/crypto';
import { World, type Participant } from '@bytechat/testing';
import type { ChatMessage } from '../api.ts';

type Pair = [anna: Participant, ben: Participant];

async function talk(ttlSeconds = 3_600) {
  const world = new World();
  const { invitation, people } = await world.room(1, { ttlSeconds });
  const [anna, ben] = people as Pair;
  await anna.send('Lunch at noon?');
  await world.everyoneSees(people, 'Lunch at noon?');
  return { world, people, anna, ben, enter: () => world.joins(invitation) };
}

const idOf = (person: Participant, text: string): string =>
  person.messages.find((message) => message.text === text)!.id;
const seesAs = (person: Participant, change: Partial<ChatMessage>): boolean =>
  person.messages.some((message) =>
    Object.entries(change).every(([key, value]) => message[key as keyof ChatMessage] === value),
  );
const reactionsOf = (person: Participant, text: string): [string, number, boolean][] =>
  (person.messages.find((message) => message.text === text)?.reactions ?? []).map(({ emoji, by, own }) => [
    emoji,
    by.length,
    own,
  ]);

/** The next thing that anybody says is this instead: a member with a client of its own making. */
function saysInstead(said: MessageBody): void {
  const honest = Group.prototype.seal;
  jest.spyOn(Group.prototype, 'seal').mockImplementationOnce(function (this: Group, content, options) {
    return honest.call(this, { ...content, ...encodeMessageBody(said) }, options);
  });
}

/** The ref of the newest message that the server has. */
async function newestRef(world: World): Promise<Uint8Array<ArrayBuffer>> {
  const envelopes = world.gateway.seen.flatMap(
    (frame) => (frame as { env?: Uint8Array<ArrayBuffer> }).env ?? [],
  );
  return itemHash(envelopes.at(-1)!);
}

describe('people who discuss', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('answer a particular message, react to it and take that back', async () => {
    const { world, people, anna, ben } = await talk();
    await ben.client.send('Fine with me', { replyTo: idOf(ben, 'Lunch at noon?') });
    await world.everyoneSees(people, 'Fine with me');
    for (const person of people)
      expect(person.messages.find(({ text }) => text === 'Fine with me')?.replyTo).toEqual({
        id: idOf(person, 'Lunch at noon?'),
      });
    await ben.client.react(idOf(ben, 'Lunch at noon?'), '👍', true);
    expect(reactionsOf(ben, 'Lunch at noon?')).toEqual([['👍', 1, true]]);
    await anna.client.react(idOf(anna, 'Lunch at noon?'), '👍', true);
    await world.until(
      () => people.every((one) => reactionsOf(one, 'Lunch at noon?')[0]?.[1] === 2),
      'both count',
    );
    await ben.client.react(idOf(ben, 'Lunch at noon?'), '👍', false);
    await world.until(() => reactionsOf(anna, 'Lunch at noon?')[0]?.[1] === 1, 'one is left');
    expect(reactionsOf(anna, 'Lunch at noon?')).toEqual([['👍', 1, true]]);
    expect(reactionsOf(ben, 'Lunch at noon?')).toEqual([['👍', 1, false]]);
  });

  it('correct what they wrote, and everybody sees that', async () => {
    const { world, people, anna } = await talk();
    await anna.client.edit(idOf(anna, 'Lunch at noon?'), 'Lunch at one?');
    expect(anna.messages[0]).toMatchObject({ text: 'Lunch at one?', edited: true, change: 'sending' });
    await world.until(
      () => people.every((one) => seesAs(one, { text: 'Lunch at one?', edited: true })),
      'both see it',
    );
    expect(anna.messages[0]?.change).toBeUndefined();
    expect(people.map(({ texts }) => texts)).toEqual([['Lunch at one?'], ['Lunch at one?']]);
  });

  it('take back what they wrote: an empty place stays, also in the answers', async () => {
    const { world, people, anna, ben } = await talk();
    await ben.client.react(idOf(ben, 'Lunch at noon?'), '👍', true);
    await ben.client.send('Fine', { replyTo: idOf(ben, 'Lunch at noon?') });
    await world.everyoneSees(people, 'Fine');
    await anna.client.remove(idOf(anna, 'Lunch at noon?'));
    await world.until(() => people.every((one) => seesAs(one, { text: '', deleted: true })), 'both see it');
    expect(JSON.stringify(people.map(({ messages }) => messages))).not.toContain('noon');
    expect(ben.messages[0]).toMatchObject({ deleted: true, reactions: [] });
    await expect(ben.client.react(ben.messages[0]!.id, '👍', true)).rejects.toMatchObject({
      code: 'ERR_MESSAGE_GONE',
    });
    await expect(anna.client.edit(anna.messages[0]!.id, 'again')).rejects.toMatchObject({
      code: 'ERR_MESSAGE_GONE',
    });
  });

  it('are refused what they may not do, with the reason', async () => {
    const { anna, ben } = await talk();
    const id = idOf(ben, 'Lunch at noon?');
    await expect(ben.client.edit(id, 'Dinner?')).rejects.toMatchObject({ code: 'ERR_POLICY' });
    await expect(ben.client.remove(id)).rejects.toMatchObject({ code: 'ERR_POLICY' });
    await expect(ben.client.react(id, 'no', true)).rejects.toMatchObject({ code: 'ERR_FORMAT' });
    await expect(anna.client.edit(idOf(anna, 'Lunch at noon?'), ' ')).rejects.toMatchObject({
      code: 'ERR_TEXT_EMPTY',
    });
    await expect(anna.client.edit(idOf(anna, 'Lunch at noon?'), 'x'.repeat(4_001))).rejects.toMatchObject({
      code: 'ERR_TEXT_TOO_LONG',
    });
    await expect(ben.client.send('to nothing', { replyTo: 'nothing' })).rejects.toMatchObject({
      code: 'ERR_MESSAGE_GONE',
    });
  });

  it('claim 33: see nothing of what a member does to another’s words with a client of its own making', async () => {
    const { world, people, ben } = await talk();
    const ref = await newestRef(world);
    const forgeries: MessageBody[] = [
      { kind: 'edit', ref, text: 'I owe Ben a thousand' },
      { kind: 'delete', ref },
    ];
    for (const forgery of forgeries) {
      saysInstead(forgery);
      await ben.send('innocent');
      await world.until(() => ben.stateOf('innocent') !== 'sending', 'the forgery is in the log');
      await ben.client.send('next');
      await world.until(() => people[0]!.sees('next'), 'anna has read on');
    }
    expect(people[0]!.messages[0]).toMatchObject({ text: 'Lunch at noon?' });
    expect(people[0]!.messages[0]).not.toHaveProperty('edited');
    expect(JSON.stringify(people[0]!.events)).not.toContain('thousand');
    expect(people[0]!.alarms).toEqual([]);
  });

  it('drop what is about nothing, without a word', async () => {
    const { world, people, ben } = await talk();
    saysInstead({ kind: 'reaction', ref: new Uint8Array(32), emoji: '👍', on: true });
    await ben.send('to nothing');
    await ben.send('next');
    await world.until(() => people[0]!.sees('next'), 'anna has read on');
    expect(people[0]!.messages.map(({ text, reactions }) => [text, reactions])).toEqual([
      ['Lunch at noon?', []],
      ['next', []],
    ]);
    expect(people[0]!.told('unreadable')).toBe(false);
  });

  it('lose every change with the message that it is about', async () => {
    const { world, people, anna, ben } = await talk(60);
    await world.pass(40_000);
    await ben.client.send('Fine', { replyTo: idOf(ben, 'Lunch at noon?') });
    await anna.client.edit(idOf(anna, 'Lunch at noon?'), 'Lunch at one?');
    await world.everyoneSees(people, 'Fine', 'Lunch at one?');
    await world.pass(25_000);
    expect(people.map(({ texts }) => texts)).toEqual([['Fine'], ['Fine']]);
    expect(people.map(({ messages }) => messages[0]?.replyTo)).toEqual([{}, {}]);
  });

  it('see a change undone that the room refuses', async () => {
    const { world, anna } = await talk();
    world.gateway.faults.refuseNext('send_message', { code: 'ERR_TOO_LARGE', message: '' });
    await anna.client.edit(idOf(anna, 'Lunch at noon?'), 'Lunch at one?');
    await world.until(() => anna.messages[0]?.change === 'failed', 'it is undone');
    expect(anna.messages[0]).toMatchObject({ text: 'Lunch at noon?' });
    await anna.client.edit(idOf(anna, 'Lunch at noon?'), 'Lunch at two?');
    await world.until(
      () => seesAs(anna, { text: 'Lunch at two?' }) && anna.messages[0]?.change === undefined,
      'it went',
    );
  });
});

describe('newcomers and those who come back', () => {
  it('see messages as they have become', async () => {
    const { world, people, anna, ben, enter } = await talk();
    await ben.client.send('Fine', { replyTo: idOf(ben, 'Lunch at noon?') });
    await world.everyoneSees(people, 'Fine');
    await anna.client.edit(idOf(anna, 'Lunch at noon?'), 'Lunch at one?');
    await anna.client.react(idOf(anna, 'Fine'), '🎉', true);
    await world.until(() => reactionsOf(ben, 'Fine').length === 1, 'ben sees it');
    const carl = await enter();
    await world.everyoneSees([carl], 'Lunch at one?', 'Fine');
    expect(carl.messages.map(({ text, edited }) => [text, edited])).toEqual([
      ['Lunch at one?', true],
      ['Fine', undefined],
    ]);
    expect(carl.messages[1]?.replyTo).toEqual({ id: carl.messages[0]!.id });
    expect(reactionsOf(carl, 'Fine')).toEqual([['🎉', 1, false]]);
  });

  it('claim 33: are not handed the key of what was taken back, nor of its earlier versions', async () => {
    const { world, people, anna, ben, enter } = await talk();
    await anna.client.edit(idOf(anna, 'Lunch at noon?'), 'Lunch at one?');
    await world.everyoneSees(people, 'Lunch at one?');
    await ben.send('Fine');
    await world.everyoneSees(people, 'Fine');
    await anna.client.remove(idOf(anna, 'Lunch at one?'));
    await world.until(() => people.every((one) => seesAs(one, { deleted: true })), 'both see it');
    const opened = jest.spyOn(Group.prototype, 'openHistory');
    const carl = await enter();
    await world.everyoneSees([carl], 'Fine');
    expect(carl.texts).toEqual(['Fine']);
    expect(opened).toHaveBeenCalledTimes(2);
    jest.restoreAllMocks();
  });

  it('keep their own view over a stay as another member, and can’t change what they wrote before', async () => {
    const { world, people, anna, ben } = await talk();
    await ben.send('mine');
    await world.everyoneSees(people, 'mine');
    await anna.client.react(idOf(anna, 'mine'), '👍', true);
    await world.until(() => reactionsOf(ben, 'mine').length === 1, 'ben sees it');
    world.gateway.faults.refuseNext('send_message', { code: 'ERR_NOT_MEMBER', message: '' });
    await ben.send('again');
    await world.until(() => ben.told('rejoined') && ben.active, 'ben is in again');
    await world.everyoneSees(people, 'again');
    expect(ben.texts.toSorted()).toEqual(['Lunch at noon?', 'again', 'mine']);
    expect(reactionsOf(ben, 'mine')).toEqual([['👍', 1, false]]);
    await expect(ben.client.edit(idOf(ben, 'mine'), 'changed')).rejects.toMatchObject({ code: 'ERR_POLICY' });
  });

  it('see a change undone that they began as another member', async () => {
    const { world, people, anna, ben } = await talk();
    await ben.send('mine');
    await world.everyoneSees(people, 'mine');
    world.gateway.faults.refuseNext('send_message', { code: 'ERR_NOT_MEMBER', message: '' });
    await ben.client.edit(idOf(ben, 'mine'), 'changed');
    await world.until(() => ben.told('rejoined') && ben.active, 'ben is in again');
    expect(ben.messages.find(({ text }) => text === 'mine')).toMatchObject({ change: 'failed' });
    await ben.send('after that');
    await world.everyoneSees(people, 'after that');
    expect(anna.texts).toEqual(['Lunch at noon?', 'mine', 'after that']);
  });

  it('lose what was on its way to a message that is over', async () => {
    const { world, people, anna, ben } = await talk(60);
    await world.pass(50_000);
    world.gateway.faults.setUnreachable(true);
    world.gateway.connectionOf(ben.self.mid).cut();
    await world.until(() => ben.connection.state !== 'online', 'ben is offline');
    await ben.client.react(idOf(ben, 'Lunch at noon?'), '👍', true);
    await world.pass(12_000);
    expect(ben.texts).toEqual([]);
    world.gateway.faults.setUnreachable(false);
    const sealed = jest.spyOn(Group.prototype, 'seal');
    await world.settled(ben.client.reconnect());
    await world.until(() => ben.active, 'ben is back');
    await ben.send('here again');
    await world.everyoneSees(people, 'here again');
    expect(sealed.mock.calls.map(([{ type }]) => type)).not.toContain(CONTENT_TYPES.reaction);
    jest.restoreAllMocks();
    expect(anna.texts).toEqual(['here again']);
  });
});
