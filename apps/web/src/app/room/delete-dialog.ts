import { Component, inject, input, output, signal } from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { ErrorNote } from '../errors/error-note.ts';
import { injectTexts } from '../i18n/language.ts';
import { RoomSessionStore, type Refused } from '../session/room-session-store.ts';
import { Modal } from '../ui/modal.ts';
import { snippetOf } from './messages/snippet.ts';

/** Asks once before an own message is taken back, and promises no more than that does. */
@Component({
  selector: 'app-delete-dialog',
  imports: [ErrorNote, Modal],
  template: `
    <app-modal [heading]="texts().heading" (closed)="done.emit()">
      <p class="quote" dir="auto">{{ words() }}</p>
      <p class="hint">{{ texts().text }}</p>
      @if (refused(); as refused) {
        <app-error-note [refused]="refused" />
      }
      <div class="button-row button-row-end">
        <button type="button" class="button button-quiet" (click)="done.emit()">{{ texts().cancel }}</button>
        <button type="button" class="button button-bad" data-testid="confirm-delete" (click)="remove()">
          {{ texts().confirm }}
        </button>
      </div>
    </app-modal>
  `,
})
export class DeleteDialog {
  readonly message = input.required<ChatMessage>();
  readonly done = output();
  readonly #session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('deleteDialog');
  protected readonly refused = signal<Refused | undefined>(undefined);

  protected words(): string {
    const { text, attachment } = this.message();
    return snippetOf(attachment?.name ?? text);
  }

  protected async remove(): Promise<void> {
    const outcome = await this.#session.remove(this.message().id);
    if (outcome.ok) this.done.emit();
    else this.refused.set(outcome.refused);
  }
}
