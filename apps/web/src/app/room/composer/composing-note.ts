import { Component, computed, inject, output } from '@angular/core';
import { injectTexts } from '../../i18n/language.ts';
import { Icon } from '../../ui/icon.ts';
import { snippetOf } from '../messages/snippet.ts';
import { Composing } from './composing.ts';

/** Above the field: what one answers or edits, and the way back. */
@Component({
  selector: 'app-composing-note',
  imports: [Icon],
  template: `
    @if (composing.message(); as message) {
      <div class="composing" data-testid="composing" [attr.data-purpose]="composing.purpose()">
        <app-icon [name]="composing.purpose() === 'edit' ? 'pencil' : 'reply'" />
        <p id="composing-purpose" role="status">
          <strong
            ><bdi>{{ heading() }}</bdi></strong
          >
          <span class="composing-text"
            ><bdi>{{ snippet() }}</bdi></span
          >
        </p>
        <button
          type="button"
          class="icon-button"
          data-testid="cancel-composing"
          [attr.aria-label]="texts().cancel"
          [attr.title]="texts().cancel"
          (click)="cancelled.emit()"
        >
          <app-icon name="close" />
        </button>
      </div>
    }
  `,
})
export class ComposingNote {
  readonly cancelled = output();
  protected readonly composing = inject(Composing);
  protected readonly texts = injectTexts('conversation');
  readonly #room = injectTexts('room');
  protected readonly snippet = computed(() => {
    const message = this.composing.message();
    return snippetOf(message?.attachment?.name ?? message?.text ?? '');
  });
  protected readonly heading = computed(() => {
    const message = this.composing.message();
    if (!message || this.composing.purpose() === 'edit') return this.texts().editing;
    return this.texts().replyingTo(message.own ? this.#room().you : message.name);
  });
}
