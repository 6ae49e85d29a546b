import { Component, inject } from '@angular/core';
import { TEXTS } from '../texts.ts';
import { EntranceForm } from './entrance-form.ts';
import { LIFETIMES } from './lifetimes.ts';

/** How long messages live in a new room. */
@Component({
  selector: 'app-lifetime-choice',
  host: { class: 'field' },
  template: `
    <fieldset class="choice" data-testid="lifetime" [disabled]="form.busy()">
      <legend>{{ texts.lifetimeLabel }}</legend>
      <div class="choice-options">
        @for (lifetime of lifetimes; track lifetime.seconds) {
          <label class="choice-option">
            <input
              type="radio"
              name="lifetime"
              [value]="lifetime.seconds"
              [checked]="form.ttlSeconds() === lifetime.seconds"
              (change)="form.ttlSeconds.set(lifetime.seconds)"
            />
            <span>{{ lifetime.label }}</span>
          </label>
        }
      </div>
    </fieldset>
  `,
})
export class LifetimeChoice {
  protected readonly form = inject(EntranceForm);
  protected readonly texts = TEXTS.start;
  protected readonly lifetimes = LIFETIMES;
}
