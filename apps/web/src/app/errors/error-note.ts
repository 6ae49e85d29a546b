import { Component, computed, inject, input } from '@angular/core';
import { Language } from '../i18n/language.ts';
import type { Refused } from '../session/room-session-store.ts';
import { Icon } from '../ui/icon.ts';
import { describeRefusal } from './error-texts.ts';

/** A refusal in words, read out when it appears. */
@Component({
  selector: 'app-error-note',
  imports: [Icon],
  host: { class: 'note note-bad', role: 'alert', 'data-testid': 'error' },
  template: `
    <app-icon name="alert" />
    <p>
      <strong>{{ text().what }}</strong> {{ text().next }}
    </p>
  `,
})
export class ErrorNote {
  readonly #language = inject(Language);
  readonly refused = input.required<Refused>();
  protected readonly text = computed(() =>
    describeRefusal(this.refused(), this.#language.texts(), this.#language.locale()),
  );
}
