import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ChatMessage, Member } from '@bytechat/client';
import { aMessage } from '../../testing/fake-room-client.ts';
import { Visitor } from '../../testing/visitor.ts';

const SELF: Member = { mid: 'me', idx: 1, name: 'Amber Fox', self: true, owner: false, present: true };
const mine = (changes: Partial<ChatMessage> = {}) =>
  aMessage({ id: 'mine', mid: 'me', own: true, ...changes });
const said = (message: ChatMessage) => ({ type: 'message', message }) as const;

async function inARoom(): Promise<Visitor> {
  jest.spyOn(console, 'info').mockReturnValue();
  const visitor = await Visitor.inARoom();
  await visitor.hears({ type: 'members', members: [SELF] });
  return visitor;
}

const field = (visitor: Visitor) => visitor.one('composer') as HTMLTextAreaElement;

describe('a discussion', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await inARoom();
  });

  it('answers a message from its menu, with the beginning of it above the field', async () => {
    await visitor.hears(said(aMessage({ id: 'a', text: '**Lunch** at noon?' })));
    await visitor.clicks('message-actions');
    await visitor.clicks('menu-reply');
    expect(visitor.texts('composing')).toEqual(['Replying to Quiet HeronLunch at noon?']);
    expect(document.activeElement).toBe(field(visitor));
    await visitor.types('composer', 'Fine');
    await visitor.presses('composer', 'Enter');
    expect(visitor.client.asked('send')).toEqual([{ text: 'Fine', replyTo: 'a' }]);
    expect(visitor.sees('composing')).toBe(false);
    expect(visitor.texts('quote')).toEqual([
      'In reply to Quiet Heron: go to that messageQuiet HeronLunch at noon?',
    ]);
  });

  it('shows the original as it is now, and leads to it', async () => {
    await visitor.hears(said(aMessage({ id: 'a' })), said(aMessage({ id: 'b', replyTo: { id: 'a' } })));
    await visitor.hears(said(aMessage({ id: 'a', text: 'changed', edited: true })));
    expect(visitor.texts('quote')).toEqual(['In reply to Quiet Heron: go to that messageQuiet Heronchanged']);
    expect(visitor.texts('edited')).toEqual(['edited']);
    const [original] = visitor.all('message');
    const scrolled = jest.fn();
    original!.scrollIntoView = scrolled;
    await visitor.clicks('quote');
    expect(scrolled).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(original);
    await visitor.hears(said(aMessage({ id: 'a', text: '', deleted: true })));
    expect(visitor.texts('quote')).toEqual([
      'In reply to Quiet Heron: go to that messageQuiet HeronMessage deleted',
    ]);
    await visitor.hears({ type: 'expired', ids: ['a'] });
    expect(visitor.texts('quote-gone')).toEqual(['The original isn’t here any more']);
  });

  it('edits an own message: the field holds its text meanwhile, and the draft comes back', async () => {
    await visitor.hears(said(mine({ text: 'tpyo' })));
    await visitor.types('composer', 'half a thought');
    await visitor.clicks('message-actions');
    await visitor.clicks('menu-edit');
    expect(field(visitor).value).toBe('tpyo');
    await visitor.types('composer', 'typo');
    await visitor.presses('composer', 'Enter');
    expect(visitor.client.asked('edit')).toEqual([{ messageId: 'mine', text: 'typo' }]);
    expect(field(visitor).value).toBe('half a thought');
  });

  it('takes up the last own message by arrow up in an empty field, and lets it be by Esc', async () => {
    await visitor.hears(said(mine({ text: 'last words' })), said(aMessage({ id: 'theirs' })));
    await visitor.presses('composer', 'ArrowUp');
    expect(visitor.one('composing').dataset['purpose']).toBe('edit');
    expect(field(visitor).value).toBe('last words');
    await visitor.presses('composer', 'Escape');
    expect(visitor.sees('composing')).toBe(false);
    expect(field(visitor).value).toBe('');
    await visitor.hears(said(mine({ id: 'failed', text: 'unsent', state: 'failed' })));
    await visitor.presses('composer', 'ArrowUp');
    expect(visitor.client.asked('discard')).toEqual(['failed']);
    expect(field(visitor).value).toBe('unsent');
    await visitor.presses('composer', 'ArrowUp');
    expect(field(visitor).value).toBe('unsent');
  });

  it('keeps what was being written when the message it was for goes', async () => {
    await visitor.hears(said(mine()));
    await visitor.presses('composer', 'ArrowUp');
    await visitor.types('composer', 'a better text');
    await visitor.hears({ type: 'expired', ids: ['mine'] });
    expect(visitor.sees('composing')).toBe(false);
    expect(field(visitor).value).toBe('a better text');
  });

  it('deletes after asking once, and leaves an empty place', async () => {
    await visitor.hears(said(mine()));
    await visitor.clicks('message-actions');
    await visitor.clicks('menu-delete');
    await visitor.waits();
    expect(visitor.client.asked('remove')).toEqual([]);
    await visitor.clicks('confirm-delete');
    expect(visitor.client.asked('remove')).toEqual(['mine']);
    await visitor.hears(said(mine({ text: '', deleted: true })));
    expect(visitor.texts('deleted')).toEqual(['Message deleted']);
    expect(visitor.sees('message-actions')).toBe(false);
  });

  it('offers no change of what others wrote, nor of what one wrote as another member', async () => {
    await visitor.hears(said(aMessage({ id: 'a' })));
    await visitor.clicks('message-actions');
    expect([visitor.sees('menu-edit'), visitor.sees('menu-delete')]).toEqual([false, false]);
    await visitor.hears({ type: 'expired', ids: ['a'] });
    await visitor.hears(said(mine({ mid: 'former me' })));
    await visitor.presses('composer', 'ArrowUp');
    expect(visitor.sees('composing')).toBe(false);
  });

  it('counts reactions, says whose they are, and adds or takes back one’s own', async () => {
    const by = [{ mid: 'b', name: 'Ben' }];
    await visitor.hears(said(aMessage({ id: 'a', reactions: [{ emoji: '👍', own: false, by }] })));
    expect(visitor.one('reaction').title).toBe('👍 from Ben');
    await visitor.clicks('reaction');
    const both = [...by, { mid: 'me', name: 'Amber Fox' }];
    await visitor.hears(said(aMessage({ id: 'a', reactions: [{ emoji: '👍', own: true, by: both }] })));
    expect(visitor.texts('reaction')).toEqual(['👍2Ben and You']);
    expect(visitor.one('reaction').title).toBe('👍 from Ben and You');
    await visitor.clicks('reaction');
    await visitor.clicks('message-actions');
    await visitor.presses('menu-reply', 'ArrowUp');
    expect((document.activeElement as HTMLElement).dataset['testid']).toBe('menu-emoji');
    visitor.all('menu-emoji')[1]!.click();
    await visitor.waits();
    expect(visitor.client.asked('react')).toEqual([
      { messageId: 'a', emoji: '👍', on: true },
      { messageId: 'a', emoji: '👍', on: false },
      { messageId: 'a', emoji: '❤️', on: true },
    ]);
  });

  it('says that a change is on its way, and that it didn’t get through', async () => {
    await visitor.hears(said(mine({ text: 'new', edited: true, change: 'sending' })));
    expect(visitor.texts('message')[0]).toContain('Saving the change');
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
    await visitor.hears(said(mine({ text: 'old', change: 'failed' })));
    expect(visitor.texts('change-failed')).toEqual(['Your change wasn’t sent.']);
  });

  /** Without the marks that keep each name in its own direction. */
  const typing = () => visitor.texts('typing').map((words) => words.replaceAll(/[\u2068\u2069]/g, ''));

  it('shows who types, by name, and tells others of oneself unless that is switched off', async () => {
    const others = ['Ben', 'Cleo', 'Dan'].map((name, at) => ({
      ...SELF,
      mid: name,
      name,
      idx: at + 2,
      self: false,
    }));
    await visitor.hears({ type: 'members', members: [SELF, ...others] }, { type: 'typing', mids: ['Ben'] });
    expect(typing()).toEqual(['Ben is typing…']);
    await visitor.hears({ type: 'typing', mids: ['Ben', 'Cleo'] });
    expect(typing()).toEqual(['Ben and Cleo are typing…']);
    await visitor.hears({ type: 'typing', mids: ['Ben', 'Cleo', 'Dan'] });
    expect(typing()).toEqual(['Several people are typing…']);
    await visitor.hears({ type: 'typing', mids: [] });
    expect(typing()).toEqual(['']);
    await visitor.types('composer', 'h');
    expect(visitor.client.asked('typing')).toHaveLength(1);
    await visitor.clicks('tell-typing');
    await visitor.types('composer', 'hi');
    expect(visitor.client.asked('typing')).toHaveLength(1);
  });

  it('opens the menu by the context menu key or a long press, but leaves links their own', async () => {
    await visitor.hears(said(aMessage({ id: 'a', text: 'hello' })));
    const opens = (target: Element) => {
      const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(opens(visitor.one('message-actions'))).toBe(true);
    await visitor.waits();
    expect(visitor.sees('message-menu')).toBe(true);
    await visitor.presses('menu-reply', 'Escape');
    jest.useFakeTimers();
    try {
      const touch = new MouseEvent('pointerdown', { bubbles: true });
      Object.assign(touch, { pointerType: 'touch' });
      visitor.one('message').dispatchEvent(touch);
      await jest.advanceTimersByTimeAsync(600);
    } finally {
      jest.useRealTimers();
    }
    await visitor.waits();
    expect(visitor.sees('message-menu')).toBe(true);
  });
});
