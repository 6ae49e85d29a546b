import { Component, inject } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { EntranceForm } from './entrance-form.ts';

/** Whether the link is enough to get into a new room, or a member lets each newcomer in. */
@Component({
  selector: 'app-newcomers-choice',
  imports: [Icon],
  host: { class: 'field' },
  template: `
    <label for="newcomers">{{ texts().newcomersLabel }}</label>
    <div class="select">
      <select
        id="newcomers"
        data-testid="newcomers-choice"
        [disabled]="form.busy()"
        (change)="form.newcomers.set(field.value === 'approve' ? 'approve' : 'open')"
        #field
      >
        <option value="open" [selected]="form.newcomers() === 'open'">{{ texts().newcomersOpen }}</option>
        <option value="approve" [selected]="form.newcomers() === 'approve'">
          {{ texts().newcomersApprove }}
        </option>
      </select>
      <app-icon name="chevron" />
    </div>
  `,
})
export class NewcomersChoice {
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('start');
}
