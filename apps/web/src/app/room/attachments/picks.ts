import { inject, Injectable } from '@angular/core';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { RoomDialogs } from '../room-dialogs.ts';

/** Files at once: more would be a mistake more often than a wish. */
const MAX_AT_ONCE = 20;

/** Takes files that were picked, dropped or pasted, and asks before anything of them is sent. */
@Injectable()
export class Picks {
  readonly #session = inject(RoomSessionStore);
  readonly #dialogs = inject(RoomDialogs);

  /** False where nothing can be sent now. */
  offer(files: readonly File[]): boolean {
    if (files.length === 0 || !this.#session.canWrite()) return false;
    this.#dialogs.open({ kind: 'attach', files: files.slice(0, MAX_AT_ONCE) });
    return true;
  }
}
