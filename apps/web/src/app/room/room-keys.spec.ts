import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Member } from '@bytechat/client';
import { aMessage } from '../../testing/fake-room-client.ts';
import { Visitor } from '../../testing/visitor.ts';

const said = (id: string, text: string, name = 'Ada') =>
  ({ type: 'message', message: aMessage({ id, text, name }) }) as const;

describe('the keys of the room', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    jest.spyOn(console, 'info').mockReturnValue();
    visitor = await Visitor.inARoom();
  });

  it('find a message by words and name, whatever their case and accents, and lead to it', async () => {
    await visitor.hears(
      said('a', 'Meet at the café'),
      said('b', 'Where?', 'Ben'),
      said('c', 'The CAFE is closed'),
    );
    await visitor.presses('composer', 'k', { ctrlKey: true });
    await visitor.types('find', 'cafe ada');
    expect(visitor.all('found-message').map(({ textContent }) => textContent.includes('closed'))).toEqual([
      true,
      false,
    ]);
    await visitor.types('find', 'nowhere');
    expect(visitor.texts('found')).toEqual(['Nothing found']);
    await visitor.types('find', 'meet');
    const message = visitor.all('message')[0]!;
    message.scrollIntoView = jest.fn();
    await visitor.presses('find', 'Enter');
    expect(visitor.sees('find')).toBe(false);
    expect(message.scrollIntoView).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(message);
  });

  it('don’t find what was deleted', async () => {
    await visitor.hears({ type: 'message', message: aMessage({ text: '', deleted: true }) });
    await visitor.presses('composer', 'k', { metaKey: true });
    expect(visitor.texts('found')).toEqual(['Nothing found']);
  });

  it('list themselves, but a question mark that one writes stays one', async () => {
    await visitor.presses('composer', '?');
    expect(visitor.sees('shortcuts')).toBe(false);
    await visitor.presses('leave', '?');
    expect(visitor.texts('shortcuts')[0]).toContain('Edit your last message');
    await visitor.presses('leave', 'k', { ctrlKey: true });
    expect(visitor.sees('find')).toBe(false);
  });

  it('have buttons beside the room, for who has no keyboard', async () => {
    await visitor.clicks('open-find');
    expect(visitor.sees('find')).toBe(true);
    await visitor.clicks('close-dialog');
    await visitor.clicks('open-shortcuts');
    expect(visitor.sees('shortcuts')).toBe(true);
  });
});

describe('what the room tells calmly', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
  });
  afterEach(() => {
    document.querySelector('link[rel=icon]')?.remove();
  });

  it('a dot on the icon of the tab, while something is unread', async () => {
    document.head.insertAdjacentHTML(
      'beforeend',
      '<link rel="icon" type="image/svg+xml" href="/favicon.svg">',
    );
    const icon = () => document.querySelector('link[rel=icon]')?.getAttribute('href');
    const visitor = await Visitor.inARoom();
    await visitor.looksAway();
    await visitor.hears(said('a', 'hello'));
    expect(icon()).toBe('/favicon-unread.svg');
    await visitor.looksBack();
    expect(icon()).toBe('/favicon.svg');
  });

  it('that somebody is away only when that has lasted for ten seconds', async () => {
    const visitor = await Visitor.inARoom();
    const ben = (present: boolean): Member => ({
      mid: 'b',
      idx: 1,
      name: 'Ben',
      self: false,
      owner: false,
      present,
    });
    await visitor.hears({ type: 'members', members: [ben(true)] });
    await visitor.hears({ type: 'members', members: [ben(false)] });
    expect(visitor.one('member').dataset['present']).toBe('true');
    visitor.now.update((now) => now + 10_000);
    await visitor.waits();
    expect(visitor.one('member').dataset['present']).toBe('false');
  });

  it('of a link whose letters could be mistaken, where it really leads', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears(said('a', 'https://аpple.com/login'));
    for (let tries = 0; tries < 50 && !visitor.sees('link-host'); tries += 1) await visitor.waits();
    expect(visitor.texts('link-host')).toEqual(['xn--pple-43d.com']);
    expect(visitor.one('link-host').classList).toContain('link-warning');
  });
});
