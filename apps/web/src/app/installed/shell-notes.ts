import { Component, computed, inject } from '@angular/core';
import { injectTexts, Language } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { Connectivity } from './connectivity.ts';
import { ShellUpdates } from './shell-updates.ts';

/** Above every page but a room: that there is no connection, and that a newer build waits. */
@Component({
  selector: 'app-shell-notes',
  imports: [Icon],
  host: { class: 'shell-notes', role: 'status' },
  template: `
    @if (!connectivity.online()) {
      <div class="shell-note" data-testid="offline">
        <app-icon name="alert" />
        <p>
          <strong>{{ texts().offline }}</strong> {{ texts().offlineNext }}
        </p>
      </div>
    }
    @if (updates.ready(); as release) {
      <div class="shell-note" data-testid="update">
        <app-icon name="info" />
        <div class="shell-news">
          <strong>{{ texts().updateReady(release.version) }}</strong>
          <ul>
            @for (note of notes(); track $index) {
              <li>{{ note }}</li>
            }
          </ul>
        </div>
        <div class="button-row">
          <button
            type="button"
            class="button button-small"
            data-testid="update-now"
            (click)="updates.useNow()"
          >
            {{ texts().useNow }}
          </button>
          <button
            type="button"
            class="button button-small button-quiet"
            data-testid="update-later"
            (click)="updates.later()"
          >
            {{ texts().later }}
          </button>
        </div>
      </div>
    }
  `,
})
export class ShellNotes {
  readonly #language = inject(Language);
  protected readonly connectivity = inject(Connectivity);
  protected readonly updates = inject(ShellUpdates);
  protected readonly texts = injectTexts('installed');
  protected readonly notes = computed(() => this.updates.ready()?.notes[this.#language.tag()] ?? []);
}
