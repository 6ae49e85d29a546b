import { Component, output } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Modal } from '../ui/modal.ts';

/** Asks once before everything is erased. */
@Component({
  selector: 'app-leave-dialog',
  imports: [Modal],
  template: `
    <app-modal [heading]="texts().heading" (closed)="stay.emit()">
      <p>{{ texts().text }}</p>
      <p class="hint">{{ texts().panic }}</p>
      <div class="button-row button-row-end">
        <button
          type="button"
          class="button button-link button-apart"
          data-testid="wipe"
          (click)="wipe.emit()"
        >
          {{ texts().wipe }}
        </button>
        <button type="button" class="button button-quiet" (click)="stay.emit()">{{ texts().cancel }}</button>
        <button type="button" class="button button-bad" data-testid="confirm-leave" (click)="leave.emit()">
          {{ texts().confirm }}
        </button>
      </div>
    </app-modal>
  `,
})
export class LeaveDialog {
  readonly leave = output();
  /** The same in every tab, at once. */
  readonly wipe = output();
  readonly stay = output();
  protected readonly texts = injectTexts('leaveDialog');
}
