import { Injectable, signal } from '@angular/core';
import type { ChatMessage, Member } from '@bytechat/client';

/** What stands before the room; one at a time. */
export type RoomDialog =
  | { kind: 'leave' }
  | { kind: 'find' }
  | { kind: 'shortcuts' }
  | { kind: 'invite' }
  | { kind: 'safety' }
  | { kind: 'attach'; files: readonly File[] }
  | { kind: 'picture'; message: ChatMessage }
  | { kind: 'kick'; member: Member }
  | { kind: 'delete'; message: ChatMessage };

/** Lets any part of the room open a dialog over it. Provided by the room's page. */
@Injectable()
export class RoomDialogs {
  readonly #current = signal<RoomDialog | undefined>(undefined);
  readonly current = this.#current.asReadonly();

  open(dialog: RoomDialog): void {
    this.#current.set(dialog);
  }

  close(): void {
    this.#current.set(undefined);
  }
}
