import { Component, computed, inject } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import type { IconName } from '../ui/icon-paths.ts';
import { Theme, type ThemeChoice } from './theme.ts';

const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = {
  system: 'light',
  light: 'dark',
  dark: 'contrast',
  contrast: 'system',
};
const ICONS: Readonly<Record<ThemeChoice, IconName>> = {
  system: 'display',
  light: 'sun',
  dark: 'moon',
  contrast: 'contrast',
};

/** One button that walks through system, light, dark and high contrast. */
@Component({
  selector: 'app-theme-switch',
  imports: [Icon],
  template: `
    <button
      type="button"
      class="icon-button"
      data-testid="theme"
      [attr.aria-label]="label()"
      [attr.title]="label()"
      (click)="next()"
    >
      <app-icon [name]="icon()" />
    </button>
  `,
})
export class ThemeSwitch {
  readonly #theme = inject(Theme);
  readonly #texts = injectTexts('settings');
  protected readonly icon = computed(() => ICONS[this.#theme.choice()]);
  protected readonly label = computed(
    () => `${this.#texts().theme}: ${this.#texts().themes[this.#theme.choice()]}`,
  );

  protected next(): void {
    this.#theme.choice.update((choice) => NEXT[choice]);
  }
}
