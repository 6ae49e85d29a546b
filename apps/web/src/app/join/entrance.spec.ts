import { describe, expect, it } from '@jest/globals';
import { A_CODE, A_ROOM } from '../../testing/fake-room-client.ts';
import { Visitor } from '../../testing/visitor.ts';

describe('at the door', () => {
  it('the button creates when the code field is empty, with the wishes of the form', async () => {
    const visitor = await Visitor.arrives();
    expect(visitor.one('enter-room').dataset['mode']).toBe('create');
    await visitor.types('name', '  Ada ');
    await visitor.types('password', 'four-words');
    await visitor.types('lifetime', '300');
    await visitor.types('history', 'none');
    await visitor.types('newcomers-choice', 'approve');
    await visitor.clicks('enter-room');
    expect(visitor.client.asked('create')).toEqual([
      { name: 'Ada', password: 'four-words', ttlSeconds: 300, history: 'none', newcomers: 'approve' },
    ]);
    expect(visitor.client.asked('join')).toEqual([]);
  });

  it('sends no name and no password when there are none', async () => {
    const visitor = await Visitor.arrives();
    await visitor.clicks('enter-room');
    expect(visitor.client.asked('create')).toEqual([{ ttlSeconds: 3_600, history: 'ttl' }]);
  });

  it('the button joins when there is a code, after a look at the room', async () => {
    const visitor = await Visitor.arrives();
    await visitor.types('join-code', A_CODE.toLowerCase());
    expect(visitor.one('enter-room').dataset['mode']).toBe('join');
    expect(visitor.client.asked('peek')).toEqual([A_CODE]);
    expect(visitor.texts('room-look')[0]).toContain('2 people are inside');
    expect(visitor.sees('password')).toBe(false);
    expect(visitor.sees('lifetime')).toBe(false);
    await visitor.clicks('enter-room');
    expect(visitor.client.asked('join')).toEqual([{ code: A_CODE }]);
    expect(visitor.client.asked('create')).toEqual([]);
  });

  it('a code that opens nothing says so and never creates', async () => {
    const visitor = await Visitor.arrives({
      prepare: (client) => client.refusals.set('join', { code: 'ERR_ROOM_NOT_FOUND' }),
    });
    await visitor.types('join-code', A_CODE);
    await visitor.clicks('enter-room');
    expect(visitor.texts('error')[0]).toContain('No room answers to this code.');
    expect(visitor.clients.flatMap((client) => client.asked('create'))).toEqual([]);
  });

  it('a name of one’s own choosing is refused with the reason and a button that makes a code', async () => {
    const visitor = await Visitor.arrives();
    await visitor.types('join-code', 'team room');
    expect(visitor.sees('make-code')).toBe(false);
    await visitor.clicks('enter-room');
    expect(visitor.clients).toEqual([]);
    expect(visitor.texts('code-hint')[0]).toContain('a name that can be guessed lets strangers in');
    await visitor.clicks('make-code');
    expect(visitor.client.asked('create')).toHaveLength(1);
  });

  it('says while one types how much of a code is there, and after pressing that it is too short', async () => {
    const visitor = await Visitor.arrives();
    await visitor.types('join-code', A_CODE.slice(0, 20));
    expect(visitor.texts('code-hint')[0]).toBe('20 of 32 characters so far.');
    await visitor.clicks('enter-room');
    expect(visitor.texts('code-hint')[0]).toContain('this one has 20');
    await visitor.types('join-code', A_CODE.slice(0, 21));
    expect(visitor.texts('code-hint')[0]).toBe('21 of 32 characters so far.');
  });

  it('doesn’t knock without the password that the room wants', async () => {
    const visitor = await Visitor.arrives({
      prepare: (client) => (client.room = { ...A_ROOM, password: true }),
    });
    await visitor.types('join-code', A_CODE);
    await visitor.clicks('enter-room');
    expect(visitor.client.asked('join')).toEqual([]);
    expect(visitor.one('password').getAttribute('aria-invalid')).toBe('true');
    await visitor.types('password', 'secret');
    await visitor.clicks('enter-room');
    expect(visitor.client.asked('join')).toEqual([{ code: A_CODE, password: 'secret' }]);
  });

  it('tells a wrong password in words and lets one try again, with a fresh worker', async () => {
    const visitor = await Visitor.arrives({
      address: `/room#1.${A_CODE}`,
      prepare: (client) => {
        client.room = { ...A_ROOM, password: true };
        client.refusals.set('join', { code: 'ERR_GATE' });
      },
    });
    await visitor.types('password', 'wrong');
    await visitor.clicks('enter-room');
    expect(visitor.texts('error')[0]).toContain('Wrong link or password.');
    expect(visitor.client.terminated).toBe(true);
    expect((visitor.one('password') as HTMLInputElement).value).toBe('wrong');
    await visitor.types('password', 'right');
    expect(visitor.sees('error')).toBe(false);
  });

  it('shows and hides the password, and suggests one that can be seen', async () => {
    const visitor = await Visitor.arrives();
    const field = visitor.one('password') as HTMLInputElement;
    expect(field.type).toBe('password');
    await visitor.clicks('suggest-password');
    expect(field.type).toBe('text');
    expect(field.value).toMatch(/^\w+-\w+-\w+-\w+$/);
  });

  it('an invitation tells how many are inside, never who, and that a room has ended', async () => {
    const visitor = await Visitor.arrives({
      address: `/room#1.${A_CODE}`,
      prepare: (client) => (client.room = { ...A_ROOM, exists: false, members: 0 }),
    });
    expect(visitor.texts('room-look')[0]).toContain('This room has ended.');
    expect(visitor.sees('enter-room')).toBe(false);
    await visitor.clicks('make-own');
    expect(visitor.address).toBe('/');
    expect(visitor.one('enter-room').dataset['mode']).toBe('create');
  });

  it('a room’s path without a secret says so and offers the code field', async () => {
    const visitor = await Visitor.arrives({ address: '/room/abc' });
    expect(visitor.texts('lost-secret')[0]).toContain('This link has lost its secret.');
    expect(visitor.sees('join-code')).toBe(true);
  });

  it('a code in the path leaves the address bar and is not joined by itself', async () => {
    const visitor = await Visitor.arrives({ address: `/room/${A_CODE}` });
    expect(visitor.address).toBe('/');
    expect(visitor.clients).toEqual([]);
    expect(visitor.texts('code-seen')[0]).toContain('The server has seen this code.');
    await visitor.clicks('use-seen-code');
    expect((visitor.one('join-code') as HTMLInputElement).value).toBe(A_CODE);
    expect(visitor.client.asked('join')).toEqual([]);
  });

  it('lets one turn back on the way in', async () => {
    const visitor = await Visitor.arrives({
      prepare: (client) => (client.create = () => new Promise(() => undefined)),
    });
    await visitor.clicks('enter-room');
    await visitor.hears({ type: 'connection', connection: { state: 'waiting', attempt: 1, retryAt: 0 } });
    expect(visitor.texts('enter-room')[0]).toBe('No answer yet, trying again…');
    await visitor.clicks('cancel');
    expect(visitor.client.asked('leave')).toHaveLength(1);
    expect(visitor.texts('enter-room')[0]).toBe('Create a room');
  });

  it('says what is missing instead of showing a blank page', async () => {
    const visitor = await Visitor.arrives({ missing: 'insecureContext' });
    expect(visitor.texts('environment-problem')[0]).toContain('only on https:// addresses and on localhost');
    expect(visitor.sees('enter-room')).toBe(false);
  });
});
