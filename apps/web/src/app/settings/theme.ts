import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** Light or dark, remembered only as long as the tab lives: nothing is ever written to storage. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly choice = signal<ThemeChoice>('system');

  constructor() {
    const root = inject(DOCUMENT).documentElement;
    effect(() => {
      const choice = this.choice();
      if (choice === 'system') root.removeAttribute('data-theme');
      else root.setAttribute('data-theme', choice);
    });
  }
}
