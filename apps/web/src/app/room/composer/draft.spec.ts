import { describe, expect, it } from '@jest/globals';
import { signal } from '@angular/core';
import { MAX_TEXT_LENGTH } from '@bytechat/protocol';
import { Draft, isSendKey } from './draft.ts';

describe('a draft', () => {
  const text = signal('');
  const ready = signal(true);
  const draft = new Draft(text, ready);

  it('can be sent when it says something, and not while one is not a member', () => {
    text.set('  \n ');
    expect(draft.sendable()).toBe(false);
    text.set('hello');
    expect(draft.sendable()).toBe(true);
    ready.set(false);
    expect(draft.sendable()).toBe(false);
    ready.set(true);
  });

  it('may be exactly as long as the wire allows, counted in UTF-16 units', () => {
    text.set('x'.repeat(MAX_TEXT_LENGTH));
    expect([draft.left(), draft.sendable()]).toEqual([0, true]);
    text.set('😀'.repeat(MAX_TEXT_LENGTH / 2) + 'x');
    expect([draft.left(), draft.tooLong(), draft.sendable()]).toEqual([-1, true, false]);
  });

  it('shows its counter only near the limit', () => {
    text.set('x'.repeat(MAX_TEXT_LENGTH - 401));
    expect(draft.counterShown()).toBe(false);
    text.set('x'.repeat(MAX_TEXT_LENGTH - 400));
    expect(draft.counterShown()).toBe(true);
  });
});

describe('the Enter key', () => {
  const enter = { key: 'Enter', shiftKey: false, isComposing: false, timeStamp: 5_000 };

  it('sends', () => expect(isSendKey(enter, 0)).toBe(true));
  it('starts a new line with Shift', () => expect(isSendKey({ ...enter, shiftKey: true }, 0)).toBe(false));
  it('only picks a character while an input method is composing', () => {
    expect(isSendKey({ ...enter, isComposing: true }, 0)).toBe(false);
    expect(isSendKey(enter, 4_990)).toBe(false);
  });
});
