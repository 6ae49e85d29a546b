import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aMessage } from '../../../testing/fake-room-client.ts';
import { Visitor } from '../../../testing/visitor.ts';
import { UnreadMark } from './unread-mark.ts';

const said = (id: string, text = id) => ({ type: 'message', message: aMessage({ id, text }) }) as const;

describe('the mark where the unread part begins', () => {
  it('stands before the first message that came unseen, and doesn’t move with the next', () => {
    const mark = new UnreadMark();
    mark.arrived('seen', true);
    expect(mark.before()).toBeUndefined();
    mark.arrived('a', false);
    mark.arrived('b', false);
    expect(mark.before()).toBe('a');
  });

  it('stays while one reads, moves with the next unseen one, and goes when one answers', () => {
    const mark = new UnreadMark();
    mark.arrived('a', false);
    mark.caughtUp();
    expect(mark.before()).toBe('a');
    mark.arrived('b', false);
    expect(mark.before()).toBe('b');
    mark.answered();
    expect(mark.before()).toBeUndefined();
  });
});

describe('coming back to a room', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
  });

  it('shows where the new part begins until one writes', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears(said('old'));
    expect(visitor.sees('unread')).toBe(false);
    await visitor.looksAway();
    await visitor.hears(said('new 1'));
    await visitor.hears(said('new 2'));
    await visitor.looksBack();
    const order = [...visitor.one('unread').parentElement!.querySelectorAll('[data-testid]')]
      .map((element) => (element as HTMLElement).dataset['testid'])
      .filter((id) => id === 'unread' || id === 'message');
    expect(order).toEqual(['message', 'unread', 'message', 'message']);
    await visitor.types('composer', 'here I am');
    await visitor.presses('composer', 'Enter');
    expect(visitor.sees('unread')).toBe(false);
  });
});

describe('the menu of a message', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
  });

  it('copies the text as it was written, and gives the focus back', async () => {
    const copied: string[] = [];
    const writeText = async (text: string) => void copied.push(text);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    const visitor = await Visitor.inARoom();
    await visitor.hears(said('a', '**as it** was'));
    const button = visitor.one('message-actions');
    button.focus();
    await visitor.clicks('message-actions');
    expect(document.activeElement).toBe(visitor.all('menu-emoji')[0]);
    await visitor.presses('menu-reply', 'ArrowDown');
    expect(document.activeElement).toBe(visitor.one('copy-text'));
    await visitor.clicks('copy-text');
    expect(copied).toEqual(['**as it** was']);
    expect(visitor.sees('message-menu')).toBe(false);
    expect(document.activeElement).toBe(button);
    Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('moves by arrow keys and closes by Esc or a click elsewhere', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'message', message: aMessage({ own: true, state: 'failed' }) });
    await visitor.clicks('message-actions');
    const items = () => [...visitor.one('message-menu').querySelectorAll<HTMLElement>('[role=menuitem]')];
    await visitor.presses('copy-text', 'ArrowUp');
    expect(document.activeElement).toBe(items().at(-1));
    await visitor.presses('copy-text', 'Escape');
    expect(visitor.sees('message-menu')).toBe(false);
    await visitor.clicks('message-actions');
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await visitor.waits();
    expect(visitor.sees('message-menu')).toBe(false);
  });
});
