import { Component, computed, inject, input } from '@angular/core';
import { RoomSessionStore } from '../session/room-session-store.ts';
import { injectTexts } from '../i18n/language.ts';
import { EntranceForm } from './entrance-form.ts';

/** The one button of the form. On the way in it says what is going on, and lets one turn back. */
@Component({
  selector: 'app-enter-button',
  host: { class: 'enter' },
  template: `
    <button
      type="submit"
      class="button button-main"
      data-testid="enter-room"
      [attr.data-mode]="form.mode()"
      [attr.aria-disabled]="form.busy() || null"
    >
      @if (form.busy()) {
        <span class="spinner" aria-hidden="true"></span>
      }
      <span aria-live="polite">{{ form.busy() ? progress() : label() }}</span>
    </button>
    @if (form.busy()) {
      <button type="button" class="button button-quiet" data-testid="cancel" (click)="form.cancel()">
        {{ texts().cancel }}
      </button>
    }
  `,
})
export class EnterButton {
  readonly label = input.required<string>();
  readonly #session = inject(RoomSessionStore);
  protected readonly form = inject(EntranceForm);
  protected readonly texts = injectTexts('start');

  protected readonly progress = computed(() => {
    const { state } = this.#session.connection();
    if (state === 'waiting') return this.texts().tryingAgain;
    const { step } = this.#session.membership();
    return state === 'connecting' && step !== 'keys' ? this.texts().connecting : this.texts().makingKeys;
  });
}
