import { Component, computed, effect, inject, input, output } from '@angular/core';
import { ErrorNote } from '../errors/error-note.ts';
import { LanguageChoice } from '../settings/language-choice.ts';
import { ThemeSwitch } from '../settings/theme-switch.ts';
import { injectTexts } from '../i18n/language.ts';
import { Logo } from '../ui/logo.ts';
import { EnterButton } from './enter-button.ts';
import { EntranceForm } from './entrance-form.ts';
import { NameField } from './name-field.ts';
import { PasswordField } from './password-field.ts';
import { RoomLook } from './room-look.ts';

/** Where an invitation link leads: a look at the room, the password when it wants one, and a button. */
@Component({
  selector: 'app-lobby-page',
  imports: [EnterButton, ErrorNote, LanguageChoice, Logo, NameField, PasswordField, RoomLook, ThemeSwitch],
  providers: [EntranceForm],
  host: { class: 'page' },
  template: `
    <header class="page-bar">
      <app-logo />
      <div class="page-bar-tools">
        <app-language-choice />
        <app-theme-switch />
      </div>
    </header>
    <main class="page-centre">
      <form class="card lobby" novalidate (submit)="submit($event)">
        <div>
          <h1>{{ texts().heading }}</h1>
          <p class="muted">{{ texts().lead }}</p>
        </div>
        <app-room-look />
        @if (gone()) {
          <button type="button" class="button button-main" data-testid="make-own" (click)="away.emit()">
            {{ texts().makeOwn }}
          </button>
        } @else {
          <app-name-field />
          @if (form.passwordNeeded() !== false) {
            <app-password-field [required]="form.passwordNeeded() === true" />
          }
          @if (form.refused(); as refused) {
            <app-error-note [refused]="refused" />
          }
          <app-enter-button [label]="start().join" />
          <button type="button" class="button button-link" (click)="away.emit()">
            {{ texts().otherRoom }}
          </button>
        }
      </form>
    </main>
  `,
})
export class LobbyPage {
  readonly code = input.required<string>();
  /** The person doesn't want this room. */
  readonly away = output();

  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('lobby');
  protected readonly start = injectTexts('start');
  protected readonly gone = computed(() => {
    const look = this.form.look();
    return look.state === 'seen' && !look.room.exists;
  });

  constructor() {
    effect(() => this.form.changeCode(this.code()));
  }

  protected submit(event: Event): void {
    event.preventDefault();
    void this.form.submit();
  }
}
