import { Component, inject, input, output, signal } from '@angular/core';
import type { Member } from '@bytechat/client';
import { ErrorNote } from '../errors/error-note.ts';
import { injectTexts } from '../i18n/language.ts';
import { RoomSessionStore, type Refused } from '../session/room-session-store.ts';
import { Modal } from '../ui/modal.ts';

/** Asks once before somebody is removed, and says what that changes. */
@Component({
  selector: 'app-kick-dialog',
  imports: [ErrorNote, Modal],
  template: `
    <app-modal [heading]="texts().heading(member().name)" (closed)="done.emit()">
      <p>{{ texts().text }}</p>
      <p class="hint">{{ texts().next }}</p>
      @if (refused(); as refused) {
        <app-error-note [refused]="refused" />
      }
      <div class="button-row button-row-end">
        <button type="button" class="button button-quiet" (click)="done.emit()">{{ texts().cancel }}</button>
        <button
          type="button"
          class="button button-bad"
          data-testid="confirm-kick"
          [attr.aria-disabled]="working() || null"
          (click)="kick()"
        >
          @if (working()) {
            <span class="spinner" aria-hidden="true"></span>
          }
          {{ texts().confirm }}
        </button>
      </div>
    </app-modal>
  `,
})
export class KickDialog {
  readonly member = input.required<Member>();
  readonly done = output();
  readonly #session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('kickDialog');
  protected readonly refused = signal<Refused | undefined>(undefined);
  protected readonly working = signal(false);

  protected async kick(): Promise<void> {
    if (this.working()) return;
    this.working.set(true);
    const outcome = await this.#session.kick(this.member().mid);
    this.working.set(false);
    this.refused.set(outcome.ok ? undefined : outcome.refused);
    if (outcome.ok) this.done.emit();
  }
}
