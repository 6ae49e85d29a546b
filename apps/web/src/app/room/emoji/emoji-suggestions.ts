import { Component, inject, output } from '@angular/core';
import { injectTexts } from '../../i18n/language.ts';
import { EmojiCompletion } from './emoji-completion.ts';

/** What is offered for a begun `:name`. The focus stays in the field, which names the option that Enter takes. */
@Component({
  selector: 'app-emoji-suggestions',
  template: `
    @if (completion.at() !== undefined) {
      <ul
        class="suggestions"
        id="emoji-suggestions"
        role="listbox"
        data-testid="emoji-suggestions"
        [attr.aria-label]="texts().suggestions"
      >
        @for (emoji of completion.found(); track emoji.emoji; let at = $index) {
          <li
            class="suggestion"
            role="option"
            data-testid="emoji-suggestion"
            [id]="'emoji-suggestion-' + at"
            [attr.aria-selected]="at === completion.at()"
            (pointerdown)="$event.preventDefault()"
            (click)="taken.emit(at)"
          >
            <span class="emoji" aria-hidden="true">{{ completion.shown(emoji) }}</span>
            <span dir="ltr">:{{ emoji.names[0] }}:</span>
            <span class="suggestion-label">{{ emoji.label }}</span>
          </li>
        }
      </ul>
    }
  `,
})
export class EmojiSuggestions {
  readonly taken = output<number>();
  protected readonly completion = inject(EmojiCompletion);
  protected readonly texts = injectTexts('emoji');
}
