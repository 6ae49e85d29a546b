import { Component, input } from '@angular/core';
import { PRODUCT } from '../i18n/texts.ts';

/** The mark, a bubble whose words fade, with or without the product's name. */
@Component({
  selector: 'app-logo',
  host: { class: 'logo' },
  template: `
    <svg class="logo-mark" viewBox="0 0 32 32" aria-hidden="true">
      <path
        class="logo-bubble"
        d="M9 3h14a7 7 0 0 1 7 7v8a7 7 0 0 1-7 7h-7.5l-6 4.6c-.7.5-1.5 0-1.5-.8V25a7 7 0 0 1-6-7v-8a7 7 0 0 1 7-7Z"
      />
      <circle class="logo-dot" cx="10" cy="14" r="2.4" />
      <circle class="logo-dot logo-dot-2" cx="16.5" cy="14" r="2.4" />
      <circle class="logo-dot logo-dot-3" cx="23" cy="14" r="2.4" />
    </svg>
    @if (wordmark()) {
      <span class="logo-word">{{ name }}</span>
    }
  `,
})
export class Logo {
  readonly wordmark = input(true);
  protected readonly name = PRODUCT;
}
