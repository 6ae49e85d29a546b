import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';

export type ThemeChoice = 'system' | 'light' | 'dark' | 'contrast';

/** Light, dark or of high contrast (which is light or dark as the system is), remembered only as long as the tab lives: nothing is ever written to storage. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly choice = signal<ThemeChoice>('system');

  constructor() {
    const document = inject(DOCUMENT);
    effect(() => showTheme(document, this.choice()));
  }
}

/** Tells the stylesheet, and the browser for its own bars: each `theme-color` has its scheme in `data-scheme`. */
function showTheme(document: Document, choice: ThemeChoice): void {
  if (choice === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', choice);
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[data-scheme]')) {
    const { scheme } = meta.dataset;
    if (choice === 'system' || choice === 'contrast')
      meta.media = `(prefers-color-scheme: ${scheme ?? 'light'})`;
    else meta.media = scheme === choice ? 'all' : 'not all';
  }
}
