import { Component, inject, input, signal } from '@angular/core';
import type { Knocker } from '@bytechat/client';
import { ErrorNote } from '../../errors/error-note.ts';
import { injectTexts } from '../../i18n/language.ts';
import { RoomSessionStore, type Refused } from '../../session/room-session-store.ts';
import { Icon } from '../../ui/icon.ts';

/** Somebody asks to be let in, in a room whose members decide by hand. */
@Component({
  selector: 'app-knock-banner',
  imports: [ErrorNote, Icon],
  host: { class: 'banner', role: 'status', 'data-testid': 'knocking' },
  template: `
    <app-icon name="lock" />
    <div class="banner-words">
      <p>
        <strong>{{ texts().asks(person().name) }}</strong> {{ texts().hint }}
      </p>
      @if (refused(); as refused) {
        <app-error-note [refused]="refused" />
      }
    </div>
    <div class="banner-actions">
      <button
        type="button"
        class="button button-small button-quiet"
        data-testid="refuse-newcomer"
        (click)="decide(false)"
      >
        {{ texts().refuse }}
      </button>
      <button type="button" class="button button-small" data-testid="admit" (click)="decide(true)">
        {{ texts().admit }}
      </button>
    </div>
  `,
})
export class KnockBanner {
  readonly person = input.required<Knocker>();
  readonly #session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('knocking');
  protected readonly refused = signal<Refused | undefined>(undefined);

  protected async decide(admit: boolean): Promise<void> {
    const outcome = await this.#session.decide(this.person().id, admit);
    this.refused.set(outcome.ok ? undefined : outcome.refused);
  }
}
