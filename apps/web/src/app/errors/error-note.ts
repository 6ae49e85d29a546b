import { Component, computed, input } from '@angular/core';
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
  readonly refused = input.required<Refused>();
  protected readonly text = computed(() => describeRefusal(this.refused()));
}
