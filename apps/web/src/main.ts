import { inject, isDevMode, provideAppInitializer, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.ts';
import { Language } from './app/i18n/language.ts';
import { ShellUpdates } from './app/installed/shell-updates.ts';
import { guardScripts } from './app/environment/trusted-scripts.ts';

guardScripts(window);
bootstrapApplication(App, {
  providers: [
    provideZonelessChangeDetection(),
    provideAppInitializer(() => inject(Language).chooseForBrowser()),
  ],
})
  .then(({ injector }) => {
    if (!isDevMode()) void injector.get(ShellUpdates).start();
  })
  .catch((error: unknown) => {
    console.error(error);
  });
