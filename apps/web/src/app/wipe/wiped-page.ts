import { afterNextRender, Component, type ElementRef, output, viewChild } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Logo } from '../ui/logo.ts';

/** Says that everything is gone, and what can't be. */
@Component({
  selector: 'app-wiped-page',
  imports: [Logo],
  host: { class: 'page page-narrow' },
  template: `
    <main class="card card-centred" data-testid="wiped">
      <app-logo />
      <h1 tabindex="-1" #heading>{{ texts().heading }}</h1>
      <p>{{ texts().text }}</p>
      <p class="muted">{{ texts().honest }}</p>
      <div class="button-column">
        <button type="button" class="button button-main" data-testid="to-start" (click)="start.emit()">
          {{ closed().toStart }}
        </button>
      </div>
    </main>
  `,
})
export class WipedPage {
  readonly start = output();
  protected readonly texts = injectTexts('wiped');
  protected readonly closed = injectTexts('closed');
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  constructor() {
    afterNextRender(() => this.heading().nativeElement.focus());
  }
}
