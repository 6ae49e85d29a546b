import { Component, computed, inject } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { MAX_NAME_LENGTH } from './display-name.ts';
import { EntranceForm } from './entrance-form.ts';

/** How the others will see one; left empty, the client makes a name up. */
@Component({
  selector: 'app-name-field',
  host: { class: 'field' },
  template: `
    <label for="name">
      {{ texts().nameLabel }} <span class="optional">{{ texts().optional }}</span>
    </label>
    <input
      id="name"
      data-testid="name"
      type="text"
      [value]="form.name()"
      (input)="form.name.set(field.value)"
      [attr.placeholder]="texts().namePlaceholder"
      autocomplete="off"
      spellcheck="false"
      [attr.aria-invalid]="problem() ? true : null"
      aria-describedby="name-problem"
      [disabled]="form.busy()"
      #field
    />
    <p class="hint hint-bad" id="name-problem">{{ problem() }}</p>
  `,
})
export class NameField {
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('start');
  protected readonly name = injectTexts('name');
  protected readonly problem = computed(() => {
    switch (this.form.nameProblem()) {
      case 'tooLong':
        return this.name().tooLong(MAX_NAME_LENGTH);
      case 'hiddenCharacters':
        return this.name().hiddenCharacters;
      case undefined:
        return undefined;
    }
  });
}
