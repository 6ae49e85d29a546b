import { Component, computed, input } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Logo } from '../ui/logo.ts';
import type { MissingPiece } from './environment.ts';

/** Instead of a blank page: what is missing here, and what to do. */
@Component({
  selector: 'app-environment-page',
  imports: [Logo],
  host: { class: 'page page-narrow' },
  template: `
    <main class="card card-centred" data-testid="environment-problem">
      <app-logo />
      <h1>{{ texts().heading }}</h1>
      <p class="strong">{{ what() }}</p>
      <p class="muted">{{ next() }}</p>
    </main>
  `,
})
export class EnvironmentPage {
  readonly missing = input.required<MissingPiece>();
  protected readonly texts = injectTexts('environment');
  protected readonly what = computed(() => this.texts()[this.missing()]);
  protected readonly next = computed(() =>
    this.missing() === 'insecureContext' ? this.texts().insecureContextNext : this.texts().browserNext,
  );
}
