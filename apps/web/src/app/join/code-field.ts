import { Component, computed, inject } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { codeProblem } from './code-problem.ts';
import { EntranceForm } from './entrance-form.ts';

/** A link or a code. It says what is wrong while one types, and offers a way out of a hand-chosen name. */
@Component({
  selector: 'app-code-field',
  host: { class: 'field' },
  template: `
    <label for="code">
      {{ texts().codeLabel }} <span class="optional">{{ texts().optional }}</span>
    </label>
    <input
      id="code"
      data-testid="join-code"
      class="code-input"
      type="text"
      [value]="form.code()"
      (input)="form.changeCode(field.value)"
      [attr.placeholder]="texts().codePlaceholder"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      aria-describedby="code-hint"
      [attr.aria-invalid]="problem() ? true : null"
      [disabled]="form.busy()"
      #field
    />
    <div id="code-hint" class="hint" aria-live="polite" [class.hint-bad]="problem()" data-testid="code-hint">
      <p>{{ problem() ?? progress() }}</p>
      @if (form.nameChosen()) {
        <button type="button" class="button button-small" data-testid="make-code" (click)="form.makeCode()">
          {{ texts().makeCode }}
        </button>
      }
    </div>
  `,
})
export class CodeField {
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('start');

  protected readonly code = injectTexts('code');

  protected readonly problem = computed(() =>
    this.form.nameChosen()
      ? this.code().chosenName
      : codeProblem(this.form.reading(), this.form.pressed(), this.code()),
  );
  protected readonly progress = computed(() => {
    const reading = this.form.reading();
    if (reading.kind === 'incomplete') return this.code().incomplete(reading.length);
    return reading.kind === 'empty' ? this.texts().codeHint : '';
  });
}
