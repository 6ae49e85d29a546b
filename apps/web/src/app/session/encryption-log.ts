import { effect, inject, Injectable } from '@angular/core';
import type { Membership } from '@bytechat/client';
import { suiteName } from './suites.ts';
import { RoomSessionStore } from './room-session-store.ts';

/** One console line for each state of the encryption; never an id, a name or a key. */
@Injectable({ providedIn: 'root' })
export class EncryptionLog {
  readonly #session = inject(RoomSessionStore);
  #last = '';

  constructor() {
    effect(() => this.#write(encryptionLine(this.#session.membership(), this.#session.facts()?.suite)));
  }

  #write(line: string): void {
    if (line !== this.#last && line !== '') console.info(line);
    this.#last = line;
  }
}

/** The line for one state; empty while there is nothing to say. */
export function encryptionLine(membership: Membership, suite: number | undefined): string {
  switch (membership.step) {
    case 'none':
      return '';
    case 'keys':
      return 'Encryption: making keys in a worker of their own';
    case 'founding':
      return 'Encryption: founding the group';
    case 'waiting':
      return 'Encryption: waiting for a member to let this key in';
    case 'unanswered':
      return 'Encryption: nobody has let this key in';
    case 'active':
      return `Encryption: active, epoch ${membership.epoch}, ${suiteName(suite) ?? 'unknown suite'}`;
  }
}
