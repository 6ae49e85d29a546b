import { DestroyRef, DOCUMENT, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { PRODUCT } from '../i18n/texts.ts';
import { NewArrivals } from '../room/messages/new-arrivals.ts';
import { RoomSessionStore } from '../session/room-session-store.ts';
import { Attention } from './attention.ts';
import { Chime } from './chime.ts';

export type NotificationChoice = 'off' | 'on' | 'refused';

/**
 * Tells of messages that come while nobody looks: that one came, never its text or its sender. Off until the person
 * turns it on, and forgotten with the tab.
 */
@Injectable({ providedIn: 'root' })
export class Alerts {
  readonly #window = inject(DOCUMENT).defaultView!;
  readonly #session = inject(RoomSessionStore);
  readonly #attention = inject(Attention);
  readonly #chime = inject(Chime);
  readonly #texts = injectTexts('settings');
  readonly #arrivals = new NewArrivals();
  readonly #notifications = signal<NotificationChoice>('off');
  readonly #sound = signal(false);
  #shown: Notification | undefined;

  readonly notifications = this.#notifications.asReadonly();
  readonly sound = this.#sound.asReadonly();
  readonly canNotify = 'Notification' in this.#window;

  constructor() {
    effect(() => {
      const { others } = this.#arrivals.in(this.#session.entries());
      untracked(() => {
        if (others > 0 && !this.#attention.here()) this.#tell();
      });
    });
    effect(() => {
      if (this.#attention.here()) this.#putAway();
    });
    inject(DestroyRef).onDestroy(() => this.#putAway());
  }

  /** Asks the browser for permission; call it from a click only. */
  async turnNotifications(on: boolean): Promise<void> {
    if (!on || !this.canNotify) {
      this.#notifications.set('off');
      return;
    }
    const permission = await Notification.requestPermission();
    this.#notifications.set(permission === 'granted' ? 'on' : 'refused');
  }

  /** Call it from a click: browsers give no sound before one. */
  turnSound(on: boolean): void {
    if (on) this.#chime.prepare();
    this.#sound.set(on);
  }

  #tell(): void {
    if (this.#sound()) this.#chime.ring();
    if (this.#notifications() !== 'on') return;
    this.#putAway();
    this.#shown = this.#notification();
  }

  /** Some phones know notifications of service workers only, and throw here. */
  #notification(): Notification | undefined {
    try {
      const shown = new Notification(PRODUCT, {
        body: this.#texts().newMessage,
        tag: 'message',
        silent: true,
      });
      shown.onclick = () => this.#window.focus();
      return shown;
    } catch {
      this.#notifications.set('refused');
      return undefined;
    }
  }

  #putAway(): void {
    this.#shown?.close();
    this.#shown = undefined;
  }
}
