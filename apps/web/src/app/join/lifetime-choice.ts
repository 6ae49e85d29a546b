import { Component, inject } from '@angular/core';
import { inWords } from '../clock/durations.ts';
import { injectTexts, Language } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { EntranceForm } from './entrance-form.ts';
import { LIFETIMES } from './lifetimes.ts';

/** How long messages live in a new room. */
@Component({
  selector: 'app-lifetime-choice',
  imports: [Icon],
  host: { class: 'field' },
  template: `
    <label for="lifetime">{{ texts().lifetimeLabel }}</label>
    <div class="select">
      <select
        id="lifetime"
        data-testid="lifetime"
        [disabled]="form.busy()"
        (change)="form.ttlSeconds.set(+field.value)"
        #field
      >
        @for (seconds of lifetimes; track seconds) {
          <option [value]="seconds" [selected]="form.ttlSeconds() === seconds">{{ words(seconds) }}</option>
        }
      </select>
      <app-icon name="chevron" />
    </div>
  `,
})
export class LifetimeChoice {
  readonly #language = inject(Language);
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('start');
  protected readonly lifetimes = LIFETIMES;

  protected words(seconds: number): string {
    return inWords(seconds, this.#language.locale());
  }
}
