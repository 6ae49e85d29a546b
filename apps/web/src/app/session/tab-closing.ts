import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { RoomSessionStore } from './room-session-store.ts';

/**
 * What closing or reloading the tab means. Keys live in memory only, so it ends the membership: the others are told
 * at once, and who comes back by the link isn't kept out by a ghost of his own. Unsent messages are warned of before.
 */
@Injectable({ providedIn: 'root' })
export class TabClosing {
  constructor() {
    const session = inject(RoomSessionStore);
    const window = inject(DOCUMENT).defaultView!;
    const warn = (event: Event) => {
      if (session.unsent()) event.preventDefault();
    };
    const leave = () => void session.leave();
    window.addEventListener('beforeunload', warn);
    window.addEventListener('pagehide', leave);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('pagehide', leave);
    });
  }
}
