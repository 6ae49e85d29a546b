import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { RoomSessionStore } from './room-session-store.ts';

/** Asks before the tab closes while messages are still on their way: they live in memory only. */
@Injectable({ providedIn: 'root' })
export class UnloadWarning {
  constructor() {
    const session = inject(RoomSessionStore);
    const window = inject(DOCUMENT).defaultView!;
    const warn = (event: Event) => {
      if (session.unsent()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    inject(DestroyRef).onDestroy(() => window.removeEventListener('beforeunload', warn));
  }
}
