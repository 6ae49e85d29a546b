import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Member } from '@bytechat/client';
import { A_CODE, aMessage } from '../../testing/fake-room-client.ts';
import { Visitor } from '../../testing/visitor.ts';

const member = (idx: number, changes: Partial<Member> = {}): Member => ({
  mid: `aa${idx}`,
  idx,
  name: `Member ${idx}`,
  self: false,
  owner: false,
  present: true,
  ...changes,
});

describe('in a room', () => {
  const lines: unknown[] = [];
  beforeEach(() => {
    lines.length = 0;
    jest.spyOn(console, 'info').mockImplementation((line) => lines.push(line));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('the invite stands in the address bar while the room is open, and leaving takes it away', async () => {
    const visitor = await Visitor.inARoom();
    expect(visitor.address).toBe(`/room#1.${A_CODE}`);
    await visitor.clicks('leave');
    expect(visitor.client.asked('leave')).toEqual([]);
    await visitor.clicks('confirm-leave');
    expect(visitor.address).toBe('/');
    expect(visitor.client.asked('leave')).toHaveLength(1);
    expect(visitor.client.terminated).toBe(true);
    expect(visitor.sees('composer')).toBe(false);
  });

  it('three quick presses of Esc leave at once', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.types('composer', 'something private');
    for (let press = 0; press < 3; press += 1) await visitor.presses('composer', 'Escape');
    expect(visitor.address).toBe('/');
    expect(visitor.client.terminated).toBe(true);
    expect(visitor.pageText).not.toContain('something private');
  });

  it('an empty room offers the link at once; without a clipboard it shows it, to be copied by hand', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.clicks('empty-copy-link');
    const byHand = visitor.one('empty-room').querySelector('input');
    expect(byHand?.value).toBe(`${location.origin}/room#1.${A_CODE}`);

    const copied: string[] = [];
    const writeText = async (text: string) => void copied.push(text);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    await visitor.clicks('copy-link');
    expect(copied).toEqual([`${location.origin}/room#1.${A_CODE}`]);
    expect(visitor.texts('copy-link')).toEqual(['Copied']);
    Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('the link can be hidden while the room goes on', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.clicks('hide-link');
    expect(visitor.address).toBe('/');
    expect(visitor.sees('composer')).toBe(true);
  });

  it('shows each step of the way in, keeps the draft meanwhile and doesn’t send', async () => {
    const visitor = await Visitor.arrives();
    await visitor.clicks('enter-room');
    await visitor.hears({ type: 'membership', membership: { step: 'waiting', since: 0 } });
    expect(visitor.one('membership-step').dataset['step']).toBe('waiting');
    expect(visitor.one('send').dataset['ready']).toBe('false');
    await visitor.types('composer', 'not yet');
    await visitor.presses('composer', 'Enter');
    expect(visitor.client.asked('send')).toEqual([]);

    await visitor.hears({ type: 'membership', membership: { step: 'unanswered' } });
    expect(visitor.texts('membership-step')[0]).toContain('Nobody can let you in right now');
    await visitor.clicks('retry-admission');
    expect(visitor.client.asked('reconnect')).toHaveLength(1);

    visitor.client.letIn();
    await visitor.waits();
    expect(visitor.one('membership-step').dataset['step']).toBe('active');
    expect(visitor.one('send').dataset['ready']).toBe('true');
    await visitor.presses('composer', 'Enter');
    expect(visitor.client.asked('send')).toEqual(['not yet']);
  });

  it('Enter and the button send, Shift + Enter and a composing input method don’t', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.types('composer', 'one');
    await visitor.presses('composer', 'Enter', { shiftKey: true });
    await visitor.presses('composer', 'Enter', { isComposing: true });
    expect(visitor.client.asked('send')).toEqual([]);
    await visitor.presses('composer', 'Enter');
    await visitor.types('composer', 'two');
    await visitor.clicks('send');
    expect(visitor.client.asked('send')).toEqual(['one', 'two']);
    expect((visitor.one('composer') as HTMLTextAreaElement).value).toBe('');
  });

  it('gives the text back with the reason when it can’t be queued', async () => {
    const visitor = await Visitor.inARoom();
    visitor.client.refusals.set('send', { code: 'ERR_QUEUE_FULL' });
    await visitor.types('composer', 'one too many');
    await visitor.presses('composer', 'Enter');
    expect(visitor.texts('error')[0]).toContain('Too many messages are waiting');
    expect((visitor.one('composer') as HTMLTextAreaElement).value).toBe('one too many');
  });

  it('shows the clock, then the tick, and for a failure the reason with retry and delete', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'message', message: aMessage({ own: true, state: 'sending' }) });
    expect(visitor.texts('message')[0]).toContain('Sending');
    await visitor.hears({ type: 'message', message: aMessage({ own: true, state: 'sent' }) });
    expect(visitor.one('message').dataset['state']).toBe('sent');
    await visitor.hears({
      type: 'message',
      message: aMessage({ id: 'm2', own: true, state: 'failed', error: 'ERR_TOO_LARGE' }),
    });
    expect(visitor.texts('message')[1]).toContain('Not sent. That was too large for the server.');
    await visitor.clicks('retry');
    expect(visitor.client.asked('retry')).toEqual(['m2']);
    await visitor.clicks('discard');
    expect(visitor.client.asked('discard')).toEqual(['m2']);
    expect(visitor.all('message')).toHaveLength(1);
  });

  it('shows what others write as text, whatever it is', async () => {
    const visitor = await Visitor.inARoom();
    const text = '<img src=x onerror="alert(1)"> {{ 1 + 1 }}\nline two';
    await visitor.hears({ type: 'message', message: aMessage({ text, name: '<b>Eve</b>' }) });
    expect(visitor.one('message-text').textContent).toBe(text);
    expect(visitor.texts('sender')).toEqual(['<b>Eve</b>']);
    expect(document.querySelector('img')).toBeNull();
  });

  it('takes expired messages off the screen, and counts down coarsely before', async () => {
    const visitor = await Visitor.inARoom();
    const sentAt = visitor.now() - 3_300_000;
    await visitor.hears({ type: 'message', message: aMessage({ sentAt, expiresAt: sentAt + 3_600_000 }) });
    expect(visitor.texts('message')[0]).toContain('gone in 5 min');
    visitor.now.update((now) => now + 265_000);
    await visitor.waits();
    expect(visitor.texts('message')[0]).toContain('gone in 40 sec');
    await visitor.hears({ type: 'expired', ids: ['m1'] });
    expect(visitor.sees('message')).toBe(false);
  });

  it('tells who is here: oneself first, the owner, and who is away', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({
      type: 'members',
      members: [member(0, { owner: true, present: false }), member(1), member(2, { self: true })],
    });
    expect(visitor.texts('member')).toEqual(['M2Member 2you', 'M1Member 1', 'M0Member 0owneraway']);
    expect(visitor.pageText).toContain('3 people');
  });

  it('counts down to the next try and lets one try now', async () => {
    const visitor = await Visitor.inARoom();
    const retryAt = visitor.now() + 12_000;
    await visitor.hears({ type: 'connection', connection: { state: 'waiting', attempt: 2, retryAt } });
    expect(visitor.one('connection-state').dataset['state']).toBe('waiting');
    expect(visitor.texts('connection-trouble')[0]).toContain('Next try in 12 sec');
    visitor.now.update((now) => now + 5_000);
    await visitor.waits();
    expect(visitor.texts('connection-trouble')[0]).toContain('Next try in 7 sec');
    await visitor.clicks('try-now');
    expect(visitor.client.asked('reconnect')).toHaveLength(1);
  });

  it('keeps the room on screen when every try has failed, and ends it for any other reason', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'message', message: aMessage() });
    await visitor.hears({ type: 'connection', connection: { state: 'closed', code: 'ATTEMPTS' } });
    expect(visitor.sees('message')).toBe(true);
    expect(visitor.sees('try-now')).toBe(true);
    await visitor.hears({ type: 'connection', connection: { state: 'closed', code: 'GENERATION' } });
    expect(visitor.one('closed').dataset['code']).toBe('GENERATION');
    expect(visitor.pageText).not.toContain('hello');
    expect(visitor.client.terminated).toBe(true);
    await visitor.clicks('start-again');
    expect(visitor.address).toBe(`/room#1.${A_CODE}`);
    expect(visitor.client.asked('peek')).toEqual([A_CODE]);
  });

  it('an expired session leaves nothing in the address bar and offers the way back', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'connection', connection: { state: 'closed', code: 'EXPIRED' } });
    expect(visitor.address).toBe('/');
    expect(visitor.texts('closed')[0]).toContain('quiet for too long');
    await visitor.clicks('to-start');
    expect(visitor.one('enter-room').dataset['mode']).toBe('create');
  });

  it('asks whether one is still there before the session ends', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'notice', code: 'EXPIRING' });
    await visitor.clicks('stay');
    expect(visitor.client.asked('keepAlive')).toHaveLength(1);
    expect(visitor.sees('ends-soon')).toBe(false);

    await visitor.hears({ type: 'notice', code: 'EXPIRING' });
    await visitor.types('composer', 'still here');
    await visitor.presses('composer', 'Enter');
    expect(visitor.sees('ends-soon')).toBe(false);
  });

  it('says in words what protects the room', async () => {
    const visitor = await Visitor.inARoom();
    expect(visitor.texts('encryption-state')).toEqual(['End-to-end encrypted']);
    expect(visitor.texts('epoch')).toEqual(['1']);
    expect(visitor.pageText).toContain('can’t read earlier messages');
  });

  it('writes one console line for each state of the encryption, without ids', async () => {
    await Visitor.inARoom();
    expect(lines).toEqual(['Encryption: active, epoch 1, RSA-OAEP-2048 + ECDH P-256 · AES-256-GCM']);
  });

  it('counts in the title what comes in while nobody looks', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.looksAway();
    await visitor.hears({ type: 'message', message: aMessage({ id: 'a' }) });
    await visitor.hears({ type: 'message', message: aMessage({ id: 'b' }) });
    expect(document.title).toBe('(2) Private room · ByteChat');
    await visitor.looksBack();
    expect(document.title).toBe('Private room · ByteChat');
  });

  it('warns before the tab closes only while something is on its way', async () => {
    const visitor = await Visitor.inARoom();
    const closes = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(closes()).toBe(false);
    await visitor.hears({ type: 'message', message: aMessage({ own: true, state: 'sending' }) });
    expect(closes()).toBe(true);
    await visitor.hears({ type: 'message', message: aMessage({ own: true, state: 'sent' }) });
    expect(closes()).toBe(false);
  });

  it('closing or reloading the tab leaves, so that the way back is free; the link stays for it', async () => {
    const visitor = await Visitor.inARoom();
    window.dispatchEvent(new Event('pagehide'));
    expect(visitor.client.asked('leave')).toHaveLength(1);
    await visitor.waits();
    expect(visitor.address).toBe(`/room#1.${A_CODE}`);
  });

  it('another invitation in the same tab leaves this room and leads to the other door', async () => {
    const visitor = await Visitor.inARoom();
    const first = visitor.client;
    const other = A_CODE.replace('7', '8');
    history.replaceState(null, '', `/room#1.${other}`);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    await visitor.waits();
    expect(first.terminated).toBe(true);
    expect(visitor.client.asked('peek')).toEqual([other]);
  });

  it('a slow goodbye doesn’t keep the keys alive', async () => {
    const visitor = await Visitor.inARoom({
      prepare: (client) => (client.leave = () => new Promise(() => undefined)),
    });
    jest.useFakeTimers();
    try {
      visitor.one('leave').click();
      await jest.advanceTimersByTimeAsync(10);
      visitor.one('confirm-leave').click();
      await jest.advanceTimersByTimeAsync(1_500);
      expect(visitor.client.terminated).toBe(true);
    } finally {
      jest.useRealTimers();
    }
  });
});
