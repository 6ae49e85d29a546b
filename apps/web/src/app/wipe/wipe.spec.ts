import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aMessage } from '../../testing/fake-room-client.ts';
import { Visitor } from '../../testing/visitor.ts';

/** The other tabs: what they were told, and a way to be told something by them. */
class OtherTabs extends EventTarget {
  readonly told: unknown[] = [];
  postMessage(word: unknown): void {
    this.told.push(word);
  }
  close(): void {
    this.told.push('closed');
  }
  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

describe('wiping', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
  });

  it('three quick presses of Esc erase here and in every other tab, and say so', async () => {
    const channel = new OtherTabs();
    const visitor = await Visitor.inARoom({ channel });
    await visitor.hears({ type: 'message', message: aMessage({ text: 'a secret' }) });
    await visitor.types('composer', 'something private');
    for (let press = 0; press < 3; press += 1) await visitor.presses('composer', 'Escape');
    expect(visitor.texts('wiped')[0]).toContain('Everything is erased.');
    expect(visitor.address).toBe('/');
    expect(visitor.client.terminated).toBe(true);
    expect(visitor.pageText).not.toContain('secret');
    expect(channel.told).toEqual(['wipe']);
    await visitor.clicks('to-start');
    expect(visitor.one('enter-room').dataset['mode']).toBe('create');
    expect((visitor.one('name') as HTMLInputElement).value).toBe('');
  });

  it('a button does it on a phone', async () => {
    const channel = new OtherTabs();
    const visitor = await Visitor.inARoom({ channel });
    await visitor.clicks('leave');
    await visitor.clicks('wipe');
    expect(visitor.sees('wiped')).toBe(true);
    expect(channel.told).toEqual(['wipe']);
  });

  it('another tab’s wipe reaches this one, and is not passed on again', async () => {
    const channel = new OtherTabs();
    const visitor = await Visitor.inARoom({ channel });
    channel.say('something else');
    await visitor.waits();
    expect(visitor.sees('composer')).toBe(true);
    channel.say('wipe');
    await visitor.waits();
    expect(visitor.sees('wiped')).toBe(true);
    expect(visitor.client.terminated).toBe(true);
    expect(channel.told).toEqual([]);
  });
});
