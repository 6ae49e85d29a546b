import { Component, computed, inject } from '@angular/core';
import { inWords } from '../clock/durations.ts';
import { ErrorNote } from '../errors/error-note.ts';
import { injectTexts, Language } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { EntranceForm } from './entrance-form.ts';

/** What can be seen of a room from outside: how many are in, never who. */
@Component({
  selector: 'app-room-look',
  imports: [ErrorNote, Icon],
  host: { 'aria-live': 'polite', 'data-testid': 'room-look' },
  template: `
    @let look = form.look();
    @switch (look.state) {
      @case ('looking') {
        <p class="muted">{{ texts().looking }}</p>
      }
      @case ('seen') {
        @if (look.room.exists) {
          <p class="look">
            <app-icon name="people" />
            <span>{{ facts() }}</span>
          </p>
        } @else {
          <p class="note">
            <app-icon name="info" />
            <span
              ><strong>{{ texts().gone }}</strong> {{ texts().goneNext }}</span
            >
          </p>
        }
      }
      @case ('failed') {
        <app-error-note [refused]="look.refused" />
        <button type="button" class="button button-quiet button-small" (click)="form.lookAgain()">
          {{ texts().lookAgain }}
        </button>
      }
    }
  `,
})
export class RoomLook {
  readonly #language = inject(Language);
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('lobby');

  protected readonly facts = computed(() => {
    const look = this.form.look();
    if (look.state !== 'seen') return '';
    const { members, capacity, password, ttlSeconds } = look.room;
    return [
      members === 0 ? this.texts().nobody : this.texts().inside(members),
      members >= capacity ? this.texts().full : '',
      password ? this.texts().withPassword : '',
      this.texts().lifetime(inWords(ttlSeconds, this.#language.locale())),
    ]
      .filter(Boolean)
      .join(' ');
  });
}
