import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aMessage } from '../../testing/fake-room-client.ts';
import { Visitor } from '../../testing/visitor.ts';

/** The browser's notifications: what was asked, what was shown, what was put away. */
class Told {
  static permission: NotificationPermission = 'granted';
  static asked = 0;
  static shown: { title: string; options: NotificationOptions; open: boolean }[] = [];
  static requestPermission = async () => {
    Told.asked += 1;
    return Told.permission;
  };
  readonly #entry;
  constructor(title: string, options: NotificationOptions) {
    this.#entry = { title, options, open: true };
    Told.shown.push(this.#entry);
  }
  close(): void {
    this.#entry.open = false;
  }
}

const something = (id: string) =>
  ({ type: 'message', message: aMessage({ id, text: 'a secret', name: 'Ada' }) }) as const;

describe('notifications', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
    Object.assign(Told, { permission: 'granted', asked: 0, shown: [] });
    Object.defineProperty(window, 'Notification', { configurable: true, value: Told });
  });
  afterEach(() => {
    Reflect.deleteProperty(window, 'Notification');
    jest.restoreAllMocks();
  });

  it('are off, and nothing asks for permission but the switch', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.looksAway();
    await visitor.hears(something('a'));
    expect([Told.asked, Told.shown.length]).toEqual([0, 0]);
    await visitor.looksBack();
    await visitor.clicks('notifications');
    expect(Told.asked).toBe(1);
  });

  it('say that something came, never what or from whom, and go when one looks', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.clicks('notifications');
    await visitor.hears(something('seen'));
    expect(Told.shown).toEqual([]);
    await visitor.looksAway();
    await visitor.hears(something('a'));
    await visitor.hears(something('b'));
    expect(JSON.stringify(Told.shown)).not.toMatch(/secret|Ada/);
    expect(Told.shown.map(({ options, open }) => [options.body, options.silent, open])).toEqual([
      ['A new message', true, false],
      ['A new message', true, true],
    ]);
    await visitor.looksBack();
    expect(Told.shown.map(({ open }) => open)).toEqual([false, false]);
  });

  it('stay off when the browser refuses, and the page says so', async () => {
    Told.permission = 'denied';
    const visitor = await Visitor.inARoom();
    await visitor.clicks('notifications');
    expect((visitor.one('notifications') as HTMLInputElement).checked).toBe(false);
    expect(visitor.pageText).toContain('This browser doesn’t allow them.');
  });

  it('are not offered where the browser has none', async () => {
    Reflect.deleteProperty(window, 'Notification');
    const visitor = await Visitor.inARoom();
    expect(visitor.sees('notifications')).toBe(false);
  });

  it('make no sound unless it was turned on', async () => {
    const visitor = await Visitor.inARoom();
    expect((visitor.one('sound') as HTMLInputElement).checked).toBe(false);
  });
});
