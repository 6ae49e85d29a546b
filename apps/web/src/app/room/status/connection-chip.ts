import { Component, computed, inject } from '@angular/core';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { injectTexts } from '../../i18n/language.ts';
import { connectionTone, connectionWord } from './connection-text.ts';

/** The state of the connection in a word, announced when it changes. */
@Component({
  selector: 'app-connection-chip',
  host: {
    class: 'chip',
    role: 'status',
    'data-testid': 'connection-state',
    '[attr.data-state]': 'session.connection().state',
    '[attr.data-tone]': 'tone()',
  },
  template: `<span class="chip-dot" aria-hidden="true"></span>{{ word() }}`,
})
export class ConnectionChip {
  readonly #texts = injectTexts('connection');
  protected readonly session = inject(RoomSessionStore);
  protected readonly tone = computed(() => connectionTone(this.session.connection()));
  protected readonly word = computed(() => connectionWord(this.session.connection(), this.#texts()));
}
