import { Component, computed, inject, output } from '@angular/core';
import { Clock } from '../../clock/clock.ts';
import { Language } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { Icon } from '../../ui/icon.ts';
import { AlarmBanner } from './alarm-banner.ts';
import { connectionTrouble } from './connection-text.ts';
import { KnockBanner } from './knock-banner.ts';

/** What must not be missed, above the conversation: alarms, whoever asks to be let in, the end of a session, a lost connection. */
@Component({
  selector: 'app-banners',
  imports: [AlarmBanner, Icon, KnockBanner],
  host: { class: 'banners' },
  template: `
    @for (alarm of session.alarms(); track alarm.code) {
      <app-alarm-banner [alarm]="alarm" (leave)="leave.emit()" />
    }
    @for (person of session.knocking(); track person.id) {
      <app-knock-banner [person]="person" />
    }
    @if (session.endsSoon()) {
      <div class="banner banner-warn" role="alert" data-testid="ends-soon">
        <app-icon name="timer" />
        <p>{{ texts().session.endsSoon }}</p>
        <button type="button" class="button button-small" data-testid="stay" (click)="session.stay()">
          {{ texts().session.stay }}
        </button>
      </div>
    }
    @if (trouble(); as words) {
      <div class="banner" data-testid="connection-trouble">
        <app-icon name="retry" />
        <p>{{ words }}</p>
        <button type="button" class="button button-small" data-testid="try-now" (click)="session.reconnect()">
          {{ texts().connection.tryNow }}
        </button>
      </div>
    }
  `,
})
export class Banners {
  /** The person wants to leave; asking back is the room's business. */
  readonly leave = output();
  readonly #language = inject(Language);
  readonly #now = inject(Clock).now;
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = this.#language.texts;
  protected readonly trouble = computed(() =>
    connectionTrouble(
      this.session.connection(),
      this.#now(),
      this.texts().connection,
      this.#language.locale(),
    ),
  );
}
