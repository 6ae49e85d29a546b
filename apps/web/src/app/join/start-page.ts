import { Component, computed, inject, signal } from '@angular/core';
import { AddressBar } from '../address/address-bar.ts';
import { ErrorNote } from '../errors/error-note.ts';
import { LanguageChoice } from '../settings/language-choice.ts';
import { ThemeSwitch } from '../settings/theme-switch.ts';
import { injectTexts } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { Logo } from '../ui/logo.ts';
import { CodeField } from './code-field.ts';
import { EntranceForm } from './entrance-form.ts';
import { EnterButton } from './enter-button.ts';
import { HistoryChoice } from './history-choice.ts';
import { NewcomersChoice } from './newcomers-choice.ts';
import { LifetimeChoice } from './lifetime-choice.ts';
import { NameField } from './name-field.ts';
import { PasswordField } from './password-field.ts';
import { RoomLook } from './room-look.ts';

/** The landing page: one form that makes a room or joins one by link or code. */
@Component({
  selector: 'app-start-page',
  imports: [
    CodeField,
    ErrorNote,
    HistoryChoice,
    NewcomersChoice,
    Icon,
    EnterButton,
    LanguageChoice,
    LifetimeChoice,
    Logo,
    NameField,
    PasswordField,
    RoomLook,
    ThemeSwitch,
  ],
  providers: [EntranceForm],
  host: { class: 'page' },
  templateUrl: './start-page.component.html',
})
export class StartPage {
  readonly #address = inject(AddressBar);
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('start');
  protected readonly notices = injectTexts('notice');

  readonly #codeUsed = signal(false);
  /** What was wrong with the address this page was opened under. */
  protected readonly arrival = computed(() => {
    const place = this.#address.place();
    if (this.#codeUsed() || (place.kind !== 'lostSecret' && place.kind !== 'codeInPath')) return undefined;
    return place;
  });
  protected readonly action = computed(() => {
    return this.form.mode() === 'create' ? this.texts().create : this.texts().join;
  });

  /** The person has read that the server knows the code, and wants it all the same. */
  protected useSeenCode(code: string): void {
    this.#codeUsed.set(true);
    this.form.changeCode(code);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    void this.form.submit();
  }
}
