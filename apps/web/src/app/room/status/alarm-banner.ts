import { Component, computed, inject, input, output, signal } from '@angular/core';
import { ErrorNote } from '../../errors/error-note.ts';
import { Clock } from '../../clock/clock.ts';
import { agoInWords } from '../../clock/durations.ts';
import { injectTexts, Language } from '../../i18n/language.ts';
import type { Alarm } from '../../session/alarms.ts';
import { RoomSessionStore, type Refused } from '../../session/room-session-store.ts';
import { Icon } from '../../ui/icon.ts';

/** One alarm: what has happened, what to do, and the ways on. */
@Component({
  selector: 'app-alarm-banner',
  imports: [ErrorNote, Icon],
  host: {
    class: 'banner',
    role: 'alert',
    'data-testid': 'alarm',
    '[attr.data-alarm]': 'alarm().code',
    '[class.banner-bad]': "alarm().code === 'FORK'",
    '[class.banner-warn]': "alarm().code !== 'FORK'",
  },
  template: `
    <app-icon name="alert" />
    <div class="banner-words">
      <p>
        <strong>{{ words().what }}</strong>
        @if (words().details; as details) {
          <span aria-live="off" data-testid="alarm-details"> {{ details }}</span>
        }
        {{ words().next }}
      </p>
      @if (refused(); as refused) {
        <app-error-note [refused]="refused" />
      }
    </div>
    <div class="banner-actions">
      @switch (alarm().code) {
        @case ('FORK') {
          @if (!alarm().overridden) {
            <button
              type="button"
              class="button button-small button-quiet"
              data-testid="send-anyway"
              (click)="sendAnyway()"
            >
              {{ texts().sendAnyway }}
            </button>
          }
          <button type="button" class="button button-small" data-testid="alarm-leave" (click)="leave.emit()">
            {{ room().leave }}
          </button>
        }
        @case ('STALE') {
          <button type="button" class="button button-small" data-testid="send-anyway" (click)="sendAnyway()">
            {{ texts().sendAnyway }}
          </button>
        }
        @case ('GAP') {
          <button
            type="button"
            class="button button-small"
            data-testid="alarm-read"
            (click)="session.dismiss('GAP')"
          >
            {{ texts().understood }}
          </button>
        }
        @case ('REPLAY') {
          <button
            type="button"
            class="button button-small"
            data-testid="alarm-read"
            (click)="session.dismiss('REPLAY')"
          >
            {{ texts().understood }}
          </button>
        }
      }
    </div>
  `,
})
export class AlarmBanner {
  readonly alarm = input.required<Alarm>();
  /** The person wants to leave; asking back is the room's business. */
  readonly leave = output();
  readonly #language = inject(Language);
  readonly #now = inject(Clock).now;
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('alarm');
  protected readonly room = injectTexts('room');
  protected readonly refused = signal<Refused | undefined>(undefined);

  protected readonly words = computed(() => {
    const texts = this.texts();
    const alarm = this.alarm();
    switch (alarm.code) {
      case 'FORK':
        return {
          what: texts.fork,
          details: alarm.by && texts.forkBy(alarm.by.name),
          next: alarm.overridden ? texts.forkSent : texts.forkNext,
        };
      case 'GAP':
        return {
          what: texts.gap,
          details: alarm.by && texts.gapOf(alarm.missing ?? 1, alarm.by.name),
          next: texts.gapNext,
        };
      case 'STALE':
        return alarm.cause === 'silence'
          ? { what: texts.stale, details: texts.staleSince(this.#ago(alarm.since)), next: texts.staleNext }
          : {
              what: texts.oldKeys,
              details: texts.oldKeysSince(this.#ago(alarm.since)),
              next: texts.staleNext,
            };
      case 'REPLAY':
        return { what: texts.replay, details: undefined, next: texts.replayNext };
    }
  });

  #ago(since: number): string {
    return agoInWords(Math.max(0, this.#now() - since) / 1_000, this.#language.locale());
  }

  protected async sendAnyway(): Promise<void> {
    const outcome = await this.session.sendAnyway();
    this.refused.set(outcome.ok ? undefined : outcome.refused);
  }
}
