import { DestroyRef, DOCUMENT, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { AddressBar } from '../address/address-bar.ts';
import { RoomSessionStore } from '../session/room-session-store.ts';

/** Between tabs of this origin; nothing but the one word ever goes through it. */
export type WipeChannel = Pick<
  BroadcastChannel,
  'postMessage' | 'addEventListener' | 'removeEventListener' | 'close'
>;

export const WIPE_CHANNEL = new InjectionToken<WipeChannel | undefined>('WIPE_CHANNEL', {
  providedIn: 'root',
  factory: () =>
    'BroadcastChannel' in inject(DOCUMENT).defaultView! ? new BroadcastChannel('bytechat') : undefined,
});

const WORD = 'wipe';

/** Leaves and forgets everything at once, here and in every other tab of this page, and remembers that it did. */
@Injectable({ providedIn: 'root' })
export class Wipe {
  readonly #session = inject(RoomSessionStore);
  readonly #address = inject(AddressBar);
  readonly #channel = inject(WIPE_CHANNEL);
  readonly #done = signal(false);
  readonly done = this.#done.asReadonly();

  constructor() {
    const hear = (event: MessageEvent) => {
      if (event.data === WORD) this.#here();
    };
    this.#channel?.addEventListener('message', hear);
    inject(DestroyRef).onDestroy(() => {
      this.#channel?.removeEventListener('message', hear);
      this.#channel?.close();
    });
  }

  everywhere(): void {
    this.#here();
    this.#channel?.postMessage(WORD);
  }

  /** The person has seen it and goes on. */
  seen(): void {
    this.#done.set(false);
  }

  #here(): void {
    this.#address.clear();
    this.#done.set(true);
    void this.#session.leave();
  }
}
