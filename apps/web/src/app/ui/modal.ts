import { afterNextRender, Component, type ElementRef, input, output, viewChild } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Icon } from './icon.ts';

/** A native modal dialog: focus goes in, stays in, and goes back when it closes. It is open while it exists. */
@Component({
  selector: 'app-modal',
  imports: [Icon],
  template: `
    <dialog
      class="modal"
      [class.modal-sheet]="sheet()"
      [attr.aria-label]="heading()"
      (close)="closed.emit()"
      (click)="closeOnBackdrop($event)"
      #dialog
    >
      <div class="modal-content">
        <header class="modal-bar">
          <h2>{{ heading() }}</h2>
          <button
            type="button"
            class="icon-button"
            data-testid="close-dialog"
            [attr.aria-label]="texts().close"
            (click)="dialog.close()"
          >
            <app-icon name="close" />
          </button>
        </header>
        <ng-content />
      </div>
    </dialog>
  `,
})
export class Modal {
  readonly heading = input.required<string>();
  /** Rises from the lower edge on phones. */
  readonly sheet = input(false);
  readonly closed = output();
  protected readonly texts = injectTexts('ui');
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
  }

  protected closeOnBackdrop(event: Event): void {
    if (event.target === this.dialog().nativeElement) this.dialog().nativeElement.close();
  }
}
