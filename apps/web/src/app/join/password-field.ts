import { Component, computed, inject, input, signal } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { EntranceForm } from './entrance-form.ts';

/** The password, hidden unless shown on purpose; for a new room it can suggest one. */
@Component({
  selector: 'app-password-field',
  imports: [Icon],
  host: { class: 'field' },
  template: `
    <label for="password">
      {{ texts().passwordLabel }}
      @if (!required()) {
        <span class="optional">{{ texts().optional }}</span>
      }
    </label>
    <div class="input-row">
      <input
        id="password"
        data-testid="password"
        [type]="shown() ? 'text' : 'password'"
        [value]="form.password()"
        (input)="form.changePassword(field.value)"
        [attr.autocomplete]="creates() ? 'new-password' : 'off'"
        autocapitalize="off"
        spellcheck="false"
        aria-describedby="password-hint"
        [attr.aria-invalid]="missing() || null"
        [attr.aria-required]="required() || null"
        [disabled]="form.busy()"
        #field
      />
      @if (creates()) {
        <button
          type="button"
          class="icon-button"
          [attr.aria-label]="texts().suggestPassword"
          [attr.title]="texts().suggestPassword"
          data-testid="suggest-password"
          (click)="suggest()"
        >
          <app-icon name="dice" />
        </button>
      }
      <button
        type="button"
        class="icon-button"
        [attr.aria-label]="showLabel()"
        [attr.title]="showLabel()"
        [attr.aria-pressed]="shown()"
        (click)="shown.set(!shown())"
      >
        <app-icon [name]="shown() ? 'eyeOff' : 'eye'" />
      </button>
    </div>
    <p class="hint" id="password-hint" [class.hint-bad]="missing()">
      {{ creates() ? texts().newPasswordHint : texts().joinPasswordHint }}
    </p>
  `,
})
export class PasswordField {
  readonly required = input(false);
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('start');
  protected readonly shown = signal(false);
  protected readonly creates = computed(() => this.form.mode() === 'create');
  protected readonly missing = computed(() => this.form.pressed() && this.form.passwordMissing());
  protected readonly showLabel = computed(() =>
    this.shown() ? this.texts().hidePassword : this.texts().showPassword,
  );

  /** A suggestion one can't see is of no use. */
  protected suggest(): void {
    this.form.suggestPassword();
    this.shown.set(true);
  }
}
