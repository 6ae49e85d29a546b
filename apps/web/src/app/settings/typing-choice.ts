import { Injectable, signal } from '@angular/core';

/** Whether the others see that one types. Forgotten with the tab. */
@Injectable({ providedIn: 'root' })
export class TypingChoice {
  readonly shown = signal(true);
}
