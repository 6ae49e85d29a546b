import { Component, inject } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { EntranceForm } from './entrance-form.ts';

/** Whether newcomers of a new room can read what was written before they came. */
@Component({
  selector: 'app-history-choice',
  imports: [Icon],
  host: { class: 'field' },
  template: `
    <label for="history">{{ texts().historyLabel }}</label>
    <div class="select">
      <select
        id="history"
        data-testid="history"
        [disabled]="form.busy()"
        (change)="form.history.set(field.value === 'none' ? 'none' : 'ttl')"
        #field
      >
        <option value="ttl" [selected]="form.history() === 'ttl'">{{ texts().historyKept }}</option>
        <option value="none" [selected]="form.history() === 'none'">{{ texts().historyNone }}</option>
      </select>
      <app-icon name="chevron" />
    </div>
  `,
})
export class HistoryChoice {
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('start');
}
