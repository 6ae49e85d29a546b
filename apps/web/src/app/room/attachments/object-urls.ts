import { effect, inject, Injectable } from '@angular/core';
import { RoomSessionStore } from '../../session/room-session-store.ts';

/** Addresses of bytes in this tab. None of them outlives the room: leaving, expiry and panic take them all back. */
@Injectable({ providedIn: 'root' })
export class ObjectUrls {
  readonly #urls = new Set<string>();

  constructor() {
    const { stage } = inject(RoomSessionStore);
    effect(() => {
      if (stage() !== 'inside') this.revokeAll();
    });
  }

  make(bytes: Uint8Array<ArrayBuffer>, type: string): string {
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    this.#urls.add(url);
    return url;
  }

  revoke(url: string): void {
    if (this.#urls.delete(url)) URL.revokeObjectURL(url);
  }

  revokeAll(): void {
    for (const url of [...this.#urls]) this.revoke(url);
  }
}
