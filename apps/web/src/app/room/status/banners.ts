import { Component, computed, inject, output } from '@angular/core';
import { Clock } from '../../clock/clock.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { TEXTS } from '../../texts.ts';
import { Icon } from '../../ui/icon.ts';
import { connectionTrouble } from './connection-text.ts';

/** What must not be missed, above the conversation: alarms, the end of a session, a lost connection. */
@Component({
  selector: 'app-banners',
  imports: [Icon],
  host: { class: 'banners' },
  template: `
    @switch (session.alarm()) {
      @case ('FORK') {
        <div class="banner banner-bad" role="alert" data-testid="alarm" data-alarm="FORK">
          <app-icon name="alert" />
          <p>
            <strong>{{ texts.alarm.fork }}.</strong> {{ texts.alarm.forkNext }}
          </p>
          <button type="button" class="button button-small" (click)="leave.emit()">
            {{ texts.room.leave }}
          </button>
        </div>
      }
      @case ('GAP') {
        <div class="banner banner-warn" role="alert" data-testid="alarm" data-alarm="GAP">
          <app-icon name="alert" />
          <p>
            <strong>{{ texts.alarm.gap }}.</strong> {{ texts.alarm.gapNext }}
          </p>
          <button type="button" class="button button-small" (click)="session.dismissGap()">
            {{ texts.alarm.understood }}
          </button>
        </div>
      }
    }
    @if (session.endsSoon()) {
      <div class="banner banner-warn" role="alert" data-testid="ends-soon">
        <app-icon name="timer" />
        <p>{{ texts.session.endsSoon }}</p>
        <button type="button" class="button button-small" data-testid="stay" (click)="session.stay()">
          {{ texts.session.stay }}
        </button>
      </div>
    }
    @if (trouble(); as words) {
      <div class="banner" data-testid="connection-trouble">
        <app-icon name="retry" />
        <p>{{ words }}</p>
        <button type="button" class="button button-small" data-testid="try-now" (click)="session.reconnect()">
          {{ texts.connection.tryNow }}
        </button>
      </div>
    }
  `,
})
export class Banners {
  /** The person wants to leave; asking back is the room's business. */
  readonly leave = output();
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = TEXTS;
  readonly #now = inject(Clock).now;
  protected readonly trouble = computed(() => connectionTrouble(this.session.connection(), this.#now()));
}
