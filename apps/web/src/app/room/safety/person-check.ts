import { Component, computed, inject, input, signal } from '@angular/core';
import type { Member } from '@bytechat/client';
import { ErrorNote } from '../../errors/error-note.ts';
import { injectTexts } from '../../i18n/language.ts';
import { RoomSessionStore, type Refused } from '../../session/room-session-store.ts';
import { Avatar } from '../../ui/avatar.ts';
import { Icon } from '../../ui/icon.ts';

/** One person's sixty digits, and the mark that one has compared them. */
@Component({
  selector: 'app-person-check',
  imports: [Avatar, ErrorNote, Icon],
  host: { class: 'check', 'data-testid': 'person-check' },
  template: `
    <div class="check-row">
      <app-avatar [mid]="member().mid" [name]="member().name" />
      <bdi class="person-name">{{ member().self ? texts().own : member().name }}</bdi>
      @if (!member().self) {
        <button
          type="button"
          class="button button-small"
          data-testid="mark-verified"
          [class.button-good]="verified()"
          [attr.aria-pressed]="verified()"
          (click)="mark(!verified())"
        >
          @if (verified()) {
            <app-icon name="check" />
          }
          {{ verified() ? texts().verified : texts().markVerified }}
        </button>
      }
    </div>
    <p class="digits" dir="ltr" data-testid="fingerprint">
      <span class="hidden-text">{{ texts().fingerprint(member().name) }}</span>
      @for (group of groups(); track $index) {
        <span>{{ group }}</span>
      }
    </p>
    @if (refused(); as refused) {
      <app-error-note [refused]="refused" />
    }
  `,
})
export class PersonCheck {
  readonly member = input.required<Member>();
  /** Twelve groups of five digits. */
  readonly fingerprint = input.required<string>();
  readonly verified = input.required<boolean>();
  readonly #session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('safety');
  protected readonly refused = signal<Refused | undefined>(undefined);

  protected readonly groups = computed(() => this.fingerprint().match(/\d{1,5}/g) ?? []);

  protected async mark(yes: boolean): Promise<void> {
    const outcome = await this.#session.verify(this.member().mid, yes);
    this.refused.set(outcome.ok ? undefined : outcome.refused);
  }
}
