import { Component, inject, input, signal } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import type { IconName } from '../ui/icon-paths.ts';
import { Sharing } from './sharing.ts';

const COPIED_MS = 3_000;

/** Copies a text and says so for three seconds; where copying isn't allowed it shows the text, selected. */
@Component({
  selector: 'app-copy-button',
  imports: [Icon],
  template: `
    <button type="button" class="button button-small" [attr.data-testid]="testid()" (click)="copy()">
      <app-icon [name]="state() === 'copied' ? 'check' : icon()" />
      <span aria-live="polite">{{ state() === 'copied' ? texts().copied : label() }}</span>
    </button>
    @if (state() === 'refused') {
      <label class="copy-by-hand">
        {{ texts().copyFailed }}
        <input type="text" readonly [value]="text()" (focus)="field.select()" #field />
      </label>
    }
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  readonly icon = input<IconName>('copy');
  readonly testid = input.required<string>();

  readonly #sharing = inject(Sharing);
  protected readonly texts = injectTexts('room');
  protected readonly state = signal<'ready' | 'copied' | 'refused'>('ready');

  protected async copy(): Promise<void> {
    const copied = await this.#sharing.copy(this.text());
    this.state.set(copied ? 'copied' : 'refused');
    if (copied) setTimeout(() => this.state.set('ready'), COPIED_MS);
  }
}
